// Signing in inside another site's page. See README.md.

export { createEmbed } from './frame.ts';
export type { Embed, EmbedPlatform, EmbedState, Failure } from './frame.ts';
