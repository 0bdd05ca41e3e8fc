import '@unified-login/design/style.css';
import { mount } from 'svelte';
import { placeOf } from './place.ts';
import Running from './Running.svelte';

const place = placeOf(location.pathname, window.parent !== window);
mount(Running, { target: document.body, props: { place } });
