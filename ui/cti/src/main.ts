import '@unified-login/design/style.css';
import { mount } from 'svelte';
import { placeOf } from './place.ts';
import Running from './Running.svelte';
import Window from './window/Window.svelte';

const place = placeOf(location.pathname, window.parent !== window);
const target = document.body;

if (place.is === 'phone') {
  mount(Running, { target, props: { place } });
} else {
  mount(Window, { target, props: { is: place.is } });
}
