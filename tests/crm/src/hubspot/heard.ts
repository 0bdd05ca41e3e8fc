// What HubSpot concludes from the widget's messages.

import type { Log } from '../log';

interface Message {
  type: string;
  data?: unknown;
}

interface Initialized {
  isLoggedIn?: boolean;
  isAvailable?: boolean;
}

/** Takes note of one message. */
export function hear(message: Message, log: Log): void {
  switch (message.type) {
    case 'READY':
      log.know('host', 'ready');
      break;
    case 'SYNC_ACK_FAILED':
      log.know('host', 'failed');
      break;
    case 'INITIALIZED': {
      const { isLoggedIn, isAvailable } = (message.data ?? {}) as Initialized;
      log.know('signed-in', isLoggedIn ? 'yes' : 'no');
      log.know('available', isAvailable ? 'yes' : 'no');
      break;
    }
    case 'LOGGED_IN':
      log.know('signed-in', 'yes');
      break;
    case 'LOGGED_OUT':
      log.know('signed-in', 'no');
      log.know('available', 'no');
      break;
    case 'USER_AVAILABLE':
      log.know('available', 'yes');
      break;
    case 'USER_UNAVAILABLE':
      log.know('available', 'no');
      break;
    case 'OUTGOING_CALL_STARTED':
    case 'CALL_ANSWERED':
      log.know('call', 'on');
      break;
    case 'CALL_ENDED':
    case 'CALL_COMPLETED':
      log.know('call', 'over');
      break;
    default:
  }
}
