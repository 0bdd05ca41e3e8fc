// What every browser surface shows around its session.

export { default as AccountMenu } from './AccountMenu.svelte';
export { default as Alone } from './Alone.svelte';
export { default as Gate } from './Gate.svelte';
export { default as Notices } from './Notices.svelte';
export { default as Refused } from './Refused.svelte';
export { default as SignedOut } from './SignedOut.svelte';
export { default as SignOutDialog } from './SignOutDialog.svelte';
export { default as Unreachable } from './Unreachable.svelte';
export { LiveSession } from './live.svelte';
export * from './words';
