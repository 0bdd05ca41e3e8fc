import { surface } from '../surface.vite.ts';

export default surface({ bar: true });
