// Names under .localhost are this computer's (RFC 6761 §6.3), whatever its resolver says.
import dns from 'node:dns';

const lookup = dns.lookup;
dns.lookup = (name, options, done) =>
  lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done);
