// The practice line: a call to an echo in the same page, over WebRTC, so that being on a call is
// real without a telephone network. What one says comes back a second later.

export { dial } from './call.ts';
export type { CallState, PracticeCall } from './call.ts';
