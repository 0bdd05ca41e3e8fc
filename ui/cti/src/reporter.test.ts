import { expect, test } from 'vitest';
import type { Crm } from './crm/crm.ts';
import { alone } from './crm/none/connect.ts';
import { Reporter } from './reporter.ts';

function listening(): { crm: Crm; heard: string[] } {
  const heard: string[] = [];
  const crm: Crm = {
    ...alone,
    reportSignedIn: (available) => heard.push(`in ${available}`),
    reportSignedOut: () => heard.push('out'),
    reportAvailable: (available) => heard.push(`available ${available}`),
    reportCall: (call, phase) => heard.push(`${call.id} ${phase}`),
  };
  return { crm, heard };
}

test('tells a CRM that answers late how it is, and not what was before', () => {
  const { crm, heard } = listening();
  const reporter = new Reporter();
  reporter.person({ in: false, available: false });
  reporter.person({ in: true, available: true });
  reporter.attach(crm);
  expect(heard).toEqual(['in true']);
});

test('tells nothing while nothing is known, and nothing twice', () => {
  const { crm, heard } = listening();
  const reporter = new Reporter();
  reporter.attach(crm);
  reporter.person({ in: null, available: false });
  expect(heard).toEqual([]);
  reporter.person({ in: false, available: false });
  reporter.person({ in: false, available: true });
  reporter.person({ in: null, available: false });
  reporter.person({ in: true, available: false });
  reporter.person({ in: true, available: true });
  reporter.person({ in: true, available: true });
  reporter.person({ in: false, available: true });
  expect(heard).toEqual(['out', 'in false', 'available true', 'out']);
});

test('tells whether somebody is available when it is known, and not before', () => {
  const { crm, heard } = listening();
  const reporter = new Reporter();
  reporter.attach(crm);
  reporter.person({ in: true, available: null });
  reporter.person({ in: true, available: true });
  reporter.person({ in: true, available: null });
  reporter.person({ in: true, available: true });
  expect(heard).toEqual(['in null', 'available true']);
});
