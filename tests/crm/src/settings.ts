// Where the widget is, which organization and which person of the CRM this is, and how the host is
// to behave: all from the server and the page's own address.

export interface User {
  id: number;
  name: string;
  email: string;
}

/** What the server says (tests/stage/crm.rs). */
export interface Served {
  /** The widget's origin. */
  widget: string;
  /** The organization as its address names it. */
  organization: string;
  /** The origin of the page that attacks. */
  evil: string;
}

const USERS: User[] = [
  { id: 4711, name: 'Mira Okafor', email: 'mira@acme.example' },
  { id: 4712, name: 'Sam Lindqvist', email: 'sam@acme.example' },
  { id: 4713, name: 'Ana Duarte', email: 'ana@acme.example' },
  { id: 4799, name: 'Ben Whitaker', email: 'ben@acme.example' },
];

const asked = new URLSearchParams(location.search);

/** A value from the page's address. */
export function ask(name: string): string | null {
  return asked.get(name);
}

/**
 * Whether the host is told to misbehave so: `?misbehave=silent`, several with commas.
 *
 * `silent`: never answers. `late`: answers after twelve seconds. `malformed`: sends what no host
 * would send. `forged`: a foreign frame in the page speaks in the host's name.
 */
export function misbehaves(how: 'silent' | 'late' | 'malformed' | 'forged'): boolean {
  return (asked.get('misbehave') ?? '').split(',').includes(how);
}

/** Who is signed in to the CRM: `?user=ben` and so on; Mira unless told otherwise. */
export function user(): User {
  const name = asked.get('user') ?? 'mira';
  const found = USERS.find((each) => each.email.startsWith(`${name}@`));
  return found ?? { id: 4999, name, email: name };
}

/** Asks the server. */
export async function served(): Promise<Served> {
  const answer = await fetch('/settings.json');
  return (await answer.json()) as Served;
}

/** The widget's document for this CRM: `?widget=` replaces it whole. */
export function widgetAddress(settings: Served, crm: string): URL {
  return new URL(asked.get('widget') ?? `/${crm}/${settings.organization}`, settings.widget);
}
