// Asking the service, and what becomes of it on the way to the screen.

export { Failure, failure } from './failure';
export { Loaded } from './loaded.svelte';
export { Submitted } from './submitted.svelte';
export { transport, type Method, type Transport } from './transport';
