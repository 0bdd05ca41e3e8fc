// The browser SDK. See README.md.

export {};
