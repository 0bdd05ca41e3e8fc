// The running widget: the session, the way to the CRM and the line, brought together.

import { createSession, type Session, type SessionState } from '@unified-login/session-client';
import { createEmbed, type Embed, type EmbedState } from '@unified-login/session-client/embed';
import { dial } from '@unified-login/practice-line';
import { availability, setAvailability, type Availability } from './availability.ts';
import type { Crm, CrmPerson } from './crm/crm.ts';
import { link, type LinkState, type Place } from './crm/link.ts';
import { channel, Line, type LineState } from './line/line.ts';
import { differs } from './person.ts';
import { blocked, mayCall, type Phone, type View } from './phone.ts';
import { Reporter } from './reporter.ts';
import { t } from './words.ts';

/** An answer that takes longer is said to. */
const SLOW = 5_000;
/** How soon a frame that was signed in has to show it. */
const KEPT = 4_000;

/** What the widget is made of. Tests bring their own. */
export interface Parts {
  session: Session;
  /** The way to sign in where there is a page around this one. */
  embed: Embed | null;
  dial: typeof dial;
  link: typeof link;
}

function parts(framed: boolean): Parts {
  const session = createSession();
  return { session, embed: framed ? createEmbed(session) : null, dial, link };
}

export class Widget implements Phone {
  readonly session: Session;
  readonly #embed: Embed | null;
  readonly #makeLink: typeof link;
  readonly #line: Line;
  readonly #reporter = new Reporter();
  readonly #inside: Place | null;
  readonly #framed: boolean;
  #crm: Crm | null = null;

  #session = $state.raw<SessionState>({ status: 'checking', was: null, connection: 'live' });
  #slow = $state(false);
  #signIn = $state.raw<EmbedState>({ status: 'idle', after: null });
  #storageRefused = $state(false);
  #notKept = $state(false);
  /** The session of who is signed in, or was until the service is reached again. */
  #held: string | null = null;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #link = $state.raw<LinkState>({ state: 'none' });
  #crmPerson = $state.raw<CrmPerson | null>(null);
  #availability = $state<Availability | null>(null);
  #lineState = $state.raw<LineState>({ status: 'idle', failed: false });
  #number = $state('');
  #wanted = $state<string | null>(null);
  #problem = $state.raw<View['problem']>(null);
  /** Since when the call lasts that the service knows from this widget. */
  #mine = $state<string | null>(null);

  readonly view: View = $derived.by(() => {
    const session = this.#session;
    const person = session.status === 'signed_in' ? session.person : null;
    const call = session.status === 'signed_in' ? session.call : null;
    const here = this.#lineState.status !== 'idle' || call?.since === this.#mine;
    return {
      crm: this.#inside?.crm ?? null,
      framed: this.#framed,
      session,
      slow: this.#slow,
      signIn: this.#signIn,
      storageRefused: this.#storageRefused,
      notKept: this.#notKept,
      link: this.#link,
      other: person && differs(this.#crmPerson, person.email) ? this.#crmPerson : null,
      availability: this.#availability,
      line: this.#lineState,
      callElsewhere: here ? null : call,
      number: this.#number,
      wanted: this.#wanted,
      problem: this.#problem,
    };
  });

  constructor(inside: Place | null, framed: boolean, made: Parts = parts(framed)) {
    this.session = made.session;
    this.#embed = made.embed;
    this.#makeLink = made.link;
    this.#inside = inside;
    this.#framed = framed;
    this.#line = new Line({
      dial: made.dial,
      ...(typeof BroadcastChannel === 'function' && { channel }),
      told: (call, phase) => {
        this.session.reportCall(call.id, phase === 'started');
        this.#reporter.call(call, phase);
      },
    });
    this.#line.subscribe((state) => this.#called(state));
    this.session.subscribe((state) => this.#follow(state));
    this.session.onChanged((what) => {
      if (what === 'availability') {
        this.#ask();
      }
    });
    this.#embed?.subscribe((state) => this.#embedded(state));
    void this.#connect();
    $effect(() => this.#report());
    $effect(() => this.#wait());
  }

  signIn(): void {
    this.#notKept = false;
    this.#storageRefused = false;
    if (this.#embed) {
      this.#embed.signIn();
    } else {
      this.session.signIn('/');
    }
  }

  async useStorage(): Promise<void> {
    const allowed = await this.#embed?.useStorage();
    this.#storageRefused = allowed === false;
  }

  setAvailability(to: Availability): void {
    const before = this.#availability;
    this.#availability = to;
    setAvailability(to).catch(() => {
      this.#availability = before;
      this.#problem = { message: 'problem-availability', code: 'UL-3111' };
      this.session.recheck();
    });
  }

  type(number: string): void {
    this.#number = number;
    this.#wanted = null;
  }

  call(): void {
    const number = this.#number.trim();
    if (number && mayCall(this.view)) {
      this.#wanted = null;
      this.#problem = null;
      this.#line.call(number);
    }
  }

  hangUp(): void {
    this.#line.hangUp();
  }

  mute(muted: boolean): void {
    this.#line.mute(muted);
  }

  level(): number {
    return this.#line.level();
  }

  reload(): void {
    location.reload();
  }

  dismiss(): void {
    this.#problem = null;
  }

  async #connect(): Promise<void> {
    if (!this.#inside) {
      return;
    }
    const heard = {
      onDial: (number: string) => this.#dialled(number),
      onEndCall: () => this.#line.hangUp(),
    };
    const labels = {
      ready: t('label-ready'),
      signIn: t('label-sign-in'),
      onCall: t('label-on-call'),
    };
    this.#crm = await this.#makeLink(this.#inside, heard, labels, (state) => (this.#link = state));
    if (this.#crm) {
      this.#reporter.attach(this.#crm);
      this.#crmPerson = await this.#crm.crmPerson();
    }
  }

  /** A number was clicked in the CRM: it is called, or kept until it can be. */
  #dialled(number: string): void {
    this.#crm?.show();
    if (this.#lineState.status !== 'idle') {
      this.#wanted = number;
      return;
    }
    this.#number = number;
    if (mayCall(this.view)) {
      this.call();
    } else {
      this.#wanted = number;
    }
  }

  #called(state: LineState): void {
    this.#lineState = state;
    if (state.status !== 'idle') {
      return;
    }
    if (state.failed) {
      this.#problem = { message: 'problem-line', code: 'UL-3110' };
    }
    if (this.#wanted) {
      this.#number = this.#wanted;
      this.#wanted = null;
    }
  }

  #follow(state: SessionState): void {
    const before = this.#session;
    this.#session = state;
    if (state.status === 'signed_out' || state.status === 'refused') {
      this.#hold(null);
    }
    if (state.status === 'signed_in') {
      this.#hold(state.session);
      // It was kept; a sign-out soon after is a sign-out.
      clearTimeout(this.#looking);
      this.#notKept = false;
      if (state.call === null) {
        this.#line.noneElsewhere();
      } else if (this.#lineState.status !== 'idle') {
        this.#mine = state.call.since;
      }
      if (before.status !== 'signed_in' || before.session !== state.session) {
        this.#ask();
      }
    }
  }

  /** Nothing of one person is left for the next, also where the next one is there at once. */
  #hold(session: string | null): void {
    if (this.#held !== null && this.#held !== session) {
      this.#line.drop();
      this.#availability = null;
      this.#problem = null;
      this.#number = '';
      this.#wanted = null;
    }
    this.#held = session;
  }

  #embedded(state: EmbedState): void {
    const finished = this.#signIn.status === 'waiting' && state.status === 'idle';
    this.#signIn = state;
    if (finished && state.after === null) {
      this.#looking = setTimeout(
        () => (this.#notKept = this.#session.status === 'signed_out'),
        KEPT,
      );
    }
  }

  #ask(): void {
    availability().then(
      (told) => (this.#availability = told),
      // It is shown as not known, and asked for again when it changes.
      () => (this.#availability = null),
    );
  }

  #report(): void {
    const { status } = this.view.session;
    const known = status !== 'checking' || this.#slow;
    this.#reporter.person({
      in: known ? status === 'signed_in' && !blocked(this.view) : null,
      available: this.#availability && this.#availability === 'available',
    });
  }

  #wait(): () => void {
    this.#slow = false;
    if (this.#session.status !== 'checking') {
      return () => undefined;
    }
    const timer = setTimeout(() => (this.#slow = true), SLOW);
    return () => clearTimeout(timer);
  }
}
