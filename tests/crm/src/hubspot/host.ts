// HubSpot's side of the calling extensions: the host class of HubSpot's own SDK, with what the real
// page adds to it.

import { IFrameManager } from '@hubspot/calling-extensions-sdk';
import type { Log } from '../log';
import { whenItSpeaks, type Misbehaviour } from '../misbehave';
import { user } from '../settings';

export const PORTAL = 62515;

/** Where the frame is: alone, or as one of two that are one widget. */
export type Location = 'widget' | 'remote' | 'window';

interface Message {
  type: string;
  messageId?: string | number;
  hostUrl?: string;
  data?: unknown;
}

/** What the real page sends with each SYNC; the SDK's own host class does not. */
function identifiers(location: Location, usesCallingWindow: boolean): Record<string, unknown> {
  const { id } = user();
  return {
    portalId: PORTAL,
    userId: id,
    ownerId: id + 100_000,
    iframeLocation: location,
    usesCallingWindow,
  };
}

export class HubSpot extends IFrameManager {
  readonly #location: Location;
  readonly #usesCallingWindow: boolean;
  readonly #log: Log;
  #speaking = false;

  constructor(
    src: string,
    hostElementSelector: string,
    location: Location,
    usesCallingWindow: boolean,
    log: Log,
    heard: (message: Message) => void,
  ) {
    super({
      iFrameOptions: { src, width: '360', height: '600', hostElementSelector },
      debugMode: false,
      onMessageHandler: (message: Message) => {
        log.add('from widget', message.type, message.data ?? {});
        heard(message);
      },
    });
    this.#location = location;
    this.#usesCallingWindow = usesCallingWindow;
    this.#log = log;
  }

  override sendSync(): void {
    if (this.#speaking) {
      super.sendSync();
      return;
    }
    whenItSpeaks(() => {
      this.#speaking = true;
      super.sendSync();
    });
  }

  override sendMessage(message: Message, callback?: () => void): void {
    const added =
      message.type === 'SYNC' ? identifiers(this.#location, this.#usesCallingWindow) : {};
    super.sendMessage({ ...message, ...added }, callback);
    if (message.type !== 'SYNC') {
      this.#log.add('to widget', message.type, message.data ?? {});
    }
  }
}

/** What no HubSpot would send. */
export const NONSENSE: Misbehaviour = {
  malformed: [
    null,
    42,
    'DIAL_NUMBER',
    [],
    { type: null },
    { type: 'DIAL_NUMBER' },
    { type: 'DIAL_NUMBER', messageId: '1_1' },
    { type: 'DIAL_NUMBER', messageId: '1_2', data: { phoneNumber: { not: 'a number' } } },
    {
      type: 'DIAL_NUMBER',
      messageId: '1_3',
      data: { phoneNumber: '<img src=x onerror=alert(1)>' },
    },
    { type: 'NO_SUCH_MESSAGE', messageId: '1_4', data: {} },
    { type: '__proto__', messageId: '1_5', data: {} },
    { type: 'SYNC', hostUrl: 'https://elsewhere.example', messageId: '1_6' },
  ],
  forged: [
    { type: 'SYNC', hostUrl: location.origin, messageId: '9_1', portalId: 1, userId: 1 },
    { type: 'DIAL_NUMBER', messageId: '9_2', data: { phoneNumber: '+1 900 555 0199' } },
    { type: 'END_CALL', messageId: '9_3' },
  ],
};
