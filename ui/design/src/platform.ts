// Operating systems, as they write themselves.

const NAMES: Record<string, string> = { linux: 'Linux', macos: 'macOS', windows: 'Windows' };

/** What an app says of its system, in words: "macos" is "macOS". */
export function platformName(platform: string): string {
  return NAMES[platform.toLowerCase()] ?? platform;
}
