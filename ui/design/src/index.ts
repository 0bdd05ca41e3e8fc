// Components shared by all pages.

export { default as ActionMenu } from './ActionMenu.svelte';
export { default as AppBar } from './AppBar.svelte';
export { default as Avatar } from './Avatar.svelte';
export { default as Badge } from './Badge.svelte';
export { default as Button } from './Button.svelte';
export { default as Card } from './Card.svelte';
export { default as Checkbox } from './Checkbox.svelte';
export { default as Choice } from './Choice.svelte';
export { default as Copy } from './Copy.svelte';
export { default as Dialog } from './Dialog.svelte';
export { default as Empty } from './Empty.svelte';
export { default as Facts } from './Facts.svelte';
export { default as Field } from './Field.svelte';
export { default as Icon } from './Icon.svelte';
export { default as Mark } from './Mark.svelte';
export { default as Notice } from './Notice.svelte';
export { default as Page } from './Page.svelte';
export { default as Password } from './Password.svelte';
export { default as Segments } from './Segments.svelte';
export { default as Select } from './Select.svelte';
export { default as Status } from './Status.svelte';
export { default as Table } from './Table.svelte';
export { default as Toast } from './Toast.svelte';
export { default as Waiting } from './Waiting.svelte';
export * from './messages';
export * from './router.svelte';
export * from './time';
