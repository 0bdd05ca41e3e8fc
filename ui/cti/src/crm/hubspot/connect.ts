// HubSpot, through its calling extensions SDK.

import CallingExtensions, { type EventHandlers } from '@hubspot/calling-extensions-sdk';
import type { Call, Connect, Crm } from '../crm.ts';
import { telephone } from '../number.ts';
import { isHubSpotMessage } from './message.ts';
import { Siblings, speaks, type Frame } from './siblings.ts';

/** What HubSpot gives the frame of the widget. */
const SIZE = { width: 360, height: 600 };

export const connect: Connect = (host, heard) => {
  const unguard = host.guard((data) => isHubSpotMessage(data, host.origin));
  return new Promise((resolve) => {
    // HubSpot writes the call to the contact and says under which number.
    let engagement = 0;
    const note = ({ engagementId }: { engagementId?: number } = {}): void => {
      engagement = engagementId ?? engagement;
    };
    const eventHandlers: Partial<EventHandlers> = {
      onReady: (frame: Frame) => resolve(new HubSpot(sdk, frame, () => engagement, unguard)),
      onDialNumber: (data?: { phoneNumber?: unknown }) => {
        const number = telephone(data?.phoneNumber);
        if (number) {
          heard.onDial(number);
        }
      },
      onEndCall: () => heard.onEndCall(),
      onEngagementCreated: note,
      onCreateEngagementSucceeded: note,
      defaultEventHandler: () => undefined,
    };
    const sdk: CallingExtensions = new CallingExtensions({
      debugMode: false,
      eventHandlers: eventHandlers as EventHandlers,
    });
  });
};

class HubSpot implements Crm {
  readonly #sdk: CallingExtensions;
  readonly #frame: Frame;
  readonly #engagement: () => number;
  readonly #unguard: () => void;
  readonly #siblings: Siblings;
  #initialized = false;

  constructor(sdk: CallingExtensions, frame: Frame, engagement: () => number, unguard: () => void) {
    this.#sdk = sdk;
    this.#frame = frame;
    this.#engagement = engagement;
    this.#unguard = unguard;
    this.#siblings = new Siblings(frame, (call, phase) => this.#tell(call, phase));
  }

  /** HubSpot gives numbers of its user and owner, and nobody's name or address. */
  async crmPerson(): Promise<null> {
    return null;
  }

  reportSignedIn(available: boolean | null): void {
    if (!this.#initialize(true, available === true) && speaks(this.#frame)) {
      this.#sdk.userLoggedIn();
      if (available !== null) {
        this.reportAvailable(available);
      }
    }
  }

  reportSignedOut(): void {
    if (!this.#initialize(false, false) && speaks(this.#frame)) {
      this.#sdk.userLoggedOut();
    }
  }

  reportAvailable(available: boolean): void {
    if (!this.#initialized || !speaks(this.#frame)) {
      return;
    }
    if (available) {
      this.#sdk.userAvailable();
    } else {
      this.#sdk.userUnavailable();
    }
  }

  reportCall(call: Call, phase: 'started' | 'ended'): void {
    if (!this.#siblings.told(call, phase)) {
      this.#tell(call, phase);
    }
  }

  show(): void {
    // HubSpot opens the widget itself before it dials.
  }

  close(): void {
    this.#siblings.close();
    this.#unguard();
    this.#sdk.iFrameManager.remove();
  }

  /** The first thing that HubSpot is told of the person; whether this was it. */
  #initialize(isLoggedIn: boolean, isAvailable: boolean): boolean {
    if (this.#initialized) {
      return false;
    }
    this.#initialized = true;
    // The SDK's types lack two of the fields that HubSpot reads.
    const first = { isLoggedIn, isAvailable, sizeInfo: SIZE };
    this.#sdk.initialized(first);
    return true;
  }

  #tell(call: Call, phase: 'started' | 'ended'): void {
    const externalCallId = call.id;
    if (phase === 'started') {
      this.#sdk.outgoingCall({
        externalCallId,
        toNumber: call.number,
        callStartTime: call.started,
        createEngagement: true,
      });
      this.#sdk.callAnswered({ externalCallId });
      return;
    }
    const engagementId = this.#engagement();
    this.#sdk.callEnded({ externalCallId, engagementId, callEndStatus: 'COMPLETED' });
    this.#sdk.callCompleted({ externalCallId, engagementId, hideWidget: false });
  }
}
