// For tests of the whole widget: everything around it.

import type { Session, SessionState, SignedIn } from '@unified-login/session-client';
import type { Embed, EmbedState } from '@unified-login/session-client/embed';
import type { CallState, PracticeCall } from '@unified-login/practice-line';
import { flushSync } from 'svelte';
import type { Crm, CrmPerson, Heard } from './crm/crm.ts';
import { alone } from './crm/none/connect.ts';
import { settle } from './crm/stand_in.ts';
import { Widget } from './widget.svelte.ts';

const INSIDE = { crm: 'zendesk', organization: 'acme' } as const;

export const MIRA: SignedIn & { connection: 'live' } = {
  status: 'signed_in',
  session: 's-1',
  surface: 'cti',
  since: '2026-11-24T14:02:00Z',
  person: { id: 'p-1', name: 'Mira Okafor', email: 'mira@acme.example', role: 'admin' },
  organization: { id: 'o-1', name: 'Acme' },
  surfaces: { workspace: '', dashboard: null, cti: '', account: '' },
  call: null,
  ending: null,
  policy: { crm_mismatch: 'warn', sign_out_ends_all_browsers: false },
  connection: 'live',
};

export const OUT: SessionState = { status: 'signed_out', ended: null, connection: 'live' };

/** Everything around the widget. */
export class World {
  state: SessionState;
  readonly told: string[] = [];
  readonly reported: string[] = [];
  readonly calls: PracticeCall[] = [];
  rechecks = 0;
  opened = 0;
  embedded: (state: EmbedState) => void = () => undefined;
  heard!: Heard;
  person: CrmPerson | null = null;
  widget!: Widget;
  readonly #stop: () => void;
  #follow: (state: SessionState) => void = () => undefined;

  constructor(state: SessionState, person: CrmPerson | null = null) {
    this.state = state;
    this.person = person;
    this.#stop = $effect.root(() => {
      this.widget = new Widget(INSIDE, true, {
        session: this.#session(),
        embed: this.#embed(),
        dial: () => this.#dial(),
        link: async (_place, heard, _labels, changed) => {
          this.heard = heard;
          changed({ state: 'live' });
          return this.#crm();
        },
      });
    });
  }

  become(state: SessionState): void {
    this.state = state;
    this.#follow(state);
    flushSync();
  }

  async ready(): Promise<this> {
    await settle();
    flushSync();
    return this;
  }

  close(): void {
    this.#stop();
  }

  #session(): Session {
    const state = (): SessionState => this.state;
    return {
      get state() {
        return state();
      },
      subscribe: (follow) => {
        this.#follow = follow;
        follow(this.state);
        return () => undefined;
      },
      onChanged: () => () => undefined,
      signIn: () => this.told.push('navigated'),
      signOut: async () => ({ status: 'signed_out' }),
      reportCall: (_, active) => this.reported.push(active ? 'on' : 'over'),
      recheck: () => (this.rechecks += 1),
      close: () => undefined,
    };
  }

  #embed(): Embed {
    return {
      state: { status: 'idle', after: null },
      subscribe: (told) => {
        this.embedded = told;
        told({ status: 'idle', after: null });
        return () => undefined;
      },
      signIn: () => (this.opened += 1),
      useStorage: async () => false,
      close: () => undefined,
    };
  }

  #crm(): Crm {
    return {
      ...alone,
      crmPerson: async () => this.person,
      reportSignedIn: () => this.told.push('in'),
      reportSignedOut: () => this.told.push('out'),
      reportAvailable: (available) => this.told.push(available ? 'available' : 'not available'),
      reportCall: (call, phase) => this.told.push(`${call.number} ${phase}`),
      show: () => this.told.push('shown'),
    };
  }

  #dial(): PracticeCall {
    let follow: (state: CallState) => void = () => undefined;
    let state: CallState = { status: 'talking', since: 1, source: 'tone', muted: false };
    const call: PracticeCall = {
      id: `call-${this.calls.length}`,
      get state() {
        return state;
      },
      subscribe: (told) => {
        follow = told;
        told(state);
        return () => undefined;
      },
      mute: () => undefined,
      hangUp: () => {
        if (state.status === 'talking') {
          state = { status: 'ended', lasted: 1 };
          follow(state);
        }
      },
      level: () => 0,
    };
    this.calls.push(call);
    return call;
  }
}
