// The browser's part of a call: two peer connections in one page, one of which sends back what it
// hears.

export interface Line {
  /** Whether the microphone is used from now on. Never sooner than the person allows it. */
  useMicrophone(): Promise<boolean>;
  mute(muted: boolean): void;
  level(): number;
  close(): void;
}

export interface Phone {
  now(): number;
  name(): string;
  set(after: number, then: () => void): number;
  clear(timer: number): void;
  /** A connected line; `lost` is called if it breaks. */
  connect(lost: () => void): Promise<Line>;
}

/** Seconds until the echo. */
const DELAY = 1;

export function browser(): Phone {
  return {
    now: () => Date.now(),
    name: () => crypto.randomUUID(),
    set: (after, then) => setTimeout(then, after) as unknown as number,
    clear: (timer) => clearTimeout(timer),
    connect,
  };
}

async function connect(lost: () => void): Promise<Line> {
  const audio = new AudioContext();
  audio.resume().catch(() => undefined);
  const here = new RTCPeerConnection();
  const echo = new RTCPeerConnection();
  const analyser = new AnalyserNode(audio, { fftSize: 256 });
  const players: HTMLAudioElement[] = [];
  let microphone: MediaStreamTrack | undefined;
  let muted = false;

  const close = (): void => {
    here.close();
    echo.close();
    microphone?.stop();
    for (const player of players) {
      player.pause();
      player.srcObject = null;
    }
    audio.close().catch(() => undefined);
  };

  try {
    const tone = ringing(audio);
    const sender = here.addTrack(tone.track, tone.stream);
    echo.ontrack = ({ track, transceiver }) => {
      // Chromium lets sound of a connection into Web Audio only while an element plays it.
      players.push(play(new MediaStream([track]), true));
      const delayed = new DelayNode(audio, { maxDelayTime: DELAY, delayTime: DELAY });
      const back = audio.createMediaStreamDestination();
      audio
        .createMediaStreamSource(new MediaStream([track]))
        .connect(delayed)
        .connect(back);
      transceiver.direction = 'sendrecv';
      const [returned] = back.stream.getAudioTracks();
      transceiver.sender.replaceTrack(returned ?? null).catch(lost);
    };
    here.ontrack = ({ track }) => {
      const heard = new MediaStream([track]);
      players.push(play(heard, false));
      audio.createMediaStreamSource(heard).connect(analyser);
    };
    await shakeHands(here, echo);
    here.onconnectionstatechange = () => {
      if (here.connectionState === 'failed') {
        lost();
      }
    };

    return {
      async useMicrophone() {
        const track = await askForMicrophone();
        if (!track || here.connectionState === 'closed') {
          track?.stop();
          return false;
        }
        microphone = track;
        track.enabled = !muted;
        await sender.replaceTrack(track);
        tone.stop();
        return true;
      },
      mute(now) {
        muted = now;
        tone.track.enabled = !now;
        if (microphone) {
          microphone.enabled = !now;
        }
      },
      level: () => loudness(analyser),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** A soft tone that comes and goes, for computers without a microphone. */
function ringing(audio: AudioContext) {
  const out = audio.createMediaStreamDestination();
  const voice = new OscillatorNode(audio, { frequency: 440 });
  const loud = new GainNode(audio, { gain: 0.06 });
  const swell = new OscillatorNode(audio, { frequency: 0.5 });
  const depth = new GainNode(audio, { gain: 0.05 });
  voice.connect(loud).connect(out);
  swell.connect(depth).connect(loud.gain);
  voice.start();
  swell.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) {
    throw new Error('no sound');
  }
  return {
    track,
    stream: out.stream,
    stop() {
      voice.stop();
      swell.stop();
    },
  };
}

function play(stream: MediaStream, silent: boolean): HTMLAudioElement {
  const player = new Audio();
  player.muted = silent;
  player.srcObject = stream;
  // Where it may not be played the call goes on unheard.
  player.play().catch(() => undefined);
  return player;
}

/** Connects the two, with no server between them. */
async function shakeHands(here: RTCPeerConnection, echo: RTCPeerConnection): Promise<void> {
  here.onicecandidate = ({ candidate }) => void echo.addIceCandidate(candidate ?? undefined);
  echo.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate ?? undefined);
  const connected = new Promise<void>((done, failed) => {
    here.onconnectionstatechange = () => {
      if (here.connectionState === 'connected') {
        done();
      } else if (here.connectionState === 'failed' || here.connectionState === 'closed') {
        failed(new Error(here.connectionState));
      }
    };
  });
  await here.setLocalDescription();
  await echo.setRemoteDescription(here.localDescription as RTCSessionDescription);
  await echo.setLocalDescription();
  await here.setRemoteDescription(echo.localDescription as RTCSessionDescription);
  await connected;
}

async function askForMicrophone(): Promise<MediaStreamTrack | undefined> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    return stream.getAudioTracks()[0];
  } catch {
    // None there, or not allowed.
    return undefined;
  }
}

function loudness(analyser: AnalyserNode): number {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.sqrt(power) * 6);
}
