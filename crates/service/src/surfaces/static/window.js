// The widget's sign-in window. Its first page greets the frame that opened it and waits for the
// attempt; its last one closes itself. Nothing that another origin says counts, and nothing is
// said to another origin.
'use strict';

(() => {
  const GREET_EVERY = 250;
  const GIVE_UP_AFTER = 5000;

  const show = (state) => {
    for (const part of document.querySelectorAll('[data-state]')) {
      part.hidden = part.dataset.state !== state;
    }
  };

  if (document.querySelector('[data-done]')) {
    window.close();
    return;
  }

  const attempt = new URL(location.href).searchParams.get('attempt');
  const opener = window.opener;
  if (!attempt || !opener) {
    show('alone');
    return;
  }

  const confirm = async (hand) => {
    const answer = await fetch('/window/confirm', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ attempt, hand }),
    });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const { next } = await answer.json();
    const there = new URL(next, location.origin);
    if (there.origin !== location.origin) {
      throw new Error('elsewhere');
    }
    location.replace(there.href);
  };

  const greet = () => opener.postMessage({ ul: 'hello', attempt }, location.origin);
  const greeting = setInterval(greet, GREET_EVERY);
  const givingUp = setTimeout(() => {
    clearInterval(greeting);
    show('alone');
  }, GIVE_UP_AFTER);

  const listen = (event) => {
    const said = event.data;
    const handed =
      event.origin === location.origin &&
      event.source === opener &&
      typeof said === 'object' &&
      said !== null &&
      said.ul === 'hand' &&
      said.attempt === attempt &&
      typeof said.hand === 'string';
    if (!handed) {
      return;
    }
    window.removeEventListener('message', listen);
    clearInterval(greeting);
    clearTimeout(givingUp);
    confirm(said.hand).catch(() => show('over'));
  };

  window.addEventListener('message', listen);
  greet();
})();
