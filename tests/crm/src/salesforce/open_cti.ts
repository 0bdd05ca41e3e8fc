// What Salesforce does for the methods of Open CTI, behind its own script in the frame.

import type { Log } from '../log';
import { ask, user } from '../settings';

interface Call {
  openCti: 'call';
  id: number;
  method: string;
  parameters: Record<string, unknown>;
}

interface Result {
  success: boolean;
  returnValue: unknown;
  errors: { code: string; description: string }[];
}

const DONE: Result = { success: true, returnValue: null, errors: [] };

function failed(code: string, description: string): Result {
  return { success: false, returnValue: null, errors: [{ code, description }] };
}

export class OpenCti {
  readonly #frame: HTMLIFrameElement;
  readonly #label: HTMLElement;
  readonly #target: string;
  readonly #log: Log;
  readonly #waiting: Call[] = [];
  #listening = false;

  constructor(frame: HTMLIFrameElement, label: HTMLElement, target: string, log: Log) {
    this.#frame = frame;
    this.#label = label;
    this.#target = target;
    this.#log = log;
    addEventListener('message', (event: MessageEvent<Partial<Call> | null>) => {
      const call = event.data;
      if (
        event.origin === this.#target &&
        event.source === frame.contentWindow &&
        call?.openCti === 'call'
      ) {
        this.#take(call as Call);
      }
    });
  }

  /** Begins to answer, also what was asked before. */
  listen(): void {
    this.#listening = true;
    this.#waiting.splice(0).forEach((call) => this.#take(call));
  }

  /** A number was clicked. */
  dial(payload: Record<string, unknown>): void {
    this.#send({ openCti: 'event', name: 'clickToDial', payload });
    this.#log.add('to widget', 'clickToDial', payload);
  }

  /** Whether numbers can be clicked: a page of Salesforce shows them as plain text otherwise. */
  clickToDial(enabled: boolean): void {
    this.#log.know('click-to-dial', enabled ? 'enabled' : 'disabled');
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-dial]')) {
      button.disabled = !enabled;
    }
  }

  #take(call: Call): void {
    if (!this.#listening) {
      this.#waiting.push(call);
      return;
    }
    this.#log.add('from widget', call.method, call.parameters);
    const result = this.#do(call.method, call.parameters);
    this.#send({ openCti: 'result', id: call.id, result });
  }

  #do(method: string, parameters: Record<string, unknown>): Result {
    switch (method) {
      case 'notifyInitializationComplete':
        this.#log.know('host', 'ready');
        return DONE;
      case 'enableClickToDial':
      case 'disableClickToDial':
        this.clickToDial(method === 'enableClickToDial');
        return DONE;
      case 'setSoftphoneItemLabel':
        this.#label.textContent = String(parameters['label']);
        this.#log.know('label', String(parameters['label']));
        return DONE;
      case 'setSoftphonePanelVisibility':
        this.#log.know('panel', parameters['visible'] ? 'visible' : 'hidden');
        return DONE;
      case 'setSoftphonePanelHeight':
        this.#frame.height = String(parameters['heightPX']);
        return DONE;
      case 'setSoftphonePanelWidth':
        this.#frame.width = String(parameters['widthPX']);
        return DONE;
      case 'runApex':
        return this.#apex(parameters);
      case 'saveLog':
        this.#log.know('call', 'logged');
        return { ...DONE, returnValue: { recordId: '00THs00001aBcDeMAK' } };
      case 'getCallCenterSettings':
        return {
          ...DONE,
          returnValue: { '/reqGeneralInfo/reqDisplayName': 'Unified Login phone' },
        };
      default:
        return failed('NOT_IMPLEMENTED', `${method} is not known to this page`);
    }
  }

  #apex({ apexClass, methodName }: Record<string, unknown>): Result {
    if (ask('apex') === 'missing' || apexClass !== 'UnifiedLoginPerson') {
      return failed('INVALID_APEX_CLASS', `Apex class ${String(apexClass)} is not there`);
    }
    if (methodName !== 'currentUser') {
      return failed('INVALID_APEX_METHOD', `Apex method ${String(methodName)} is not there`);
    }
    const { name, email } = user();
    const runApex = JSON.stringify({ id: '005Hs00000AbCdEIAV', name, email });
    return { ...DONE, returnValue: { runApex } };
  }

  #send(message: unknown): void {
    this.#frame.contentWindow?.postMessage(message, this.#target);
  }
}
