// Whether the person takes calls: one answer for all surfaces, kept by the service.

export type Availability = 'available' | 'busy' | 'away';

export const AVAILABILITIES: readonly Availability[] = ['available', 'busy', 'away'];

const PATH = '/session/availability';

/** Asks the service. */
export async function availability(): Promise<Availability> {
  return read(await fetch(PATH, { headers: { accept: 'application/json' } }));
}

/** Tells the service. */
export async function setAvailability(to: Availability): Promise<Availability> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const body = JSON.stringify({ availability: to });
  return read(await fetch(PATH, { method: 'PUT', headers, body }));
}

async function read(answer: Response): Promise<Availability> {
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const { availability: told } = (await answer.json()) as { availability?: unknown };
  const known = AVAILABILITIES.find((each) => each === told);
  if (!known) {
    throw new Error('not understood');
  }
  return known;
}
