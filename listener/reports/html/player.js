"use strict";
// Plays the moments of this page from the sound that travels in it. Everything is here; nothing is fetched.
(() => {
  const byId = (id) => document.getElementById(id);
  const about = JSON.parse(byId("about-sound").textContent);
  const [audio, player, toggle, seek, now, says] = ["audio", "player", "toggle", "seek", "now", "says"].map(byId);
  const timeLines = [...document.querySelectorAll(".time-line")];
  const nonce = document.querySelector("style").nonce;
  const SLICE = 1 << 18; // base64 characters decoded at a time, a multiple of 4
  let moment = null; // { button, from, to, says } while one plays or waits paused

  const decoded = () => {
    const base64 = byId("sound").textContent;
    const parts = [];
    for (let at = 0; at < base64.length; at += SLICE) {
      const letters = atob(base64.slice(at, at + SLICE));
      const bytes = new Uint8Array(letters.length);
      for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
      parts.push(bytes);
    }
    byId("sound").remove();
    return new Blob(parts, { type: about.mime });
  };

  const clock = (ms) => {
    const [s, m, h] = [Math.floor(ms / 1000) % 60, Math.floor(ms / 60000) % 60, Math.floor(ms / 3600000)];
    return `${h ? `${h}:` : ""}${h ? String(m).padStart(2, "0") : m}:${String(s).padStart(2, "0")}`;
  };

  const start = () => audio.play().catch((error) => {
    if (error.name !== "AbortError") says.textContent = `The sound could not be played: ${error.message}`;
  });

  const forget = () => {
    if (moment) moment.button.classList.remove("playing");
    moment = null;
  };

  const span = () => `${clock(moment.from)} to ${clock(Math.ceil(moment.to / 1000) * 1000)}`;

  const tell = () => {
    if (moment) says.textContent = `${audio.paused ? "Paused" : "Playing"} ${span()}: ${moment.says}`;
  };

  const playMoment = (button) => {
    if (moment && moment.button === button) return playOrPause();
    forget();
    moment = { button, from: +button.dataset.from, to: +button.dataset.to, says: button.dataset.says };
    button.classList.add("playing");
    audio.currentTime = moment.from / 1000;
    start();
    return tell();
  };

  const jump = (ms) => {
    forget();
    says.textContent = "";
    audio.currentTime = ms / 1000;
    draw();
  };

  const playOrPause = () => (audio.paused ? start() : audio.pause());

  const draw = () => {
    const at = audio.currentTime * 1000;
    now.textContent = clock(at);
    seek.value = at;
    seek.setAttribute("aria-valuetext", clock(at));
    for (const line of timeLines) {
      const cursor = line.querySelector(".cursor");
      const [from, to] = [+line.dataset.from, +line.dataset.to];
      cursor.hidden = at < from || at >= to || at === 0;
      cursor.style.left = `${(100 * (at - from)) / (to - from)}%`;
    }
  };

  const watch = () => {
    if (moment && audio.currentTime * 1000 >= moment.to) {
      audio.pause();
      says.textContent = `Played ${span()}.`;
      forget();
    }
    draw();
  };

  const eachFrame = () => {
    watch();
    if (!audio.paused) requestAnimationFrame(eachFrame);
  };

  const showState = () => {
    document.body.classList.toggle("sounding", !audio.paused);
    byId("toggle-word").textContent = audio.paused ? "Play" : "Pause";
    tell();
  };

  const colours = () => {
    const look = getComputedStyle(document.documentElement);
    const colour = (name) => look.getPropertyValue(name).trim();
    return {
      cursorColor: colour("--ink"),
      splitChannels: ["a", "b"].map((p) => ({ waveColor: colour(`--${p}-soft`), progressColor: colour(`--${p}`) })),
    };
  };

  const drawWave = () => {
    byId("wave").parentElement.hidden = false;
    const wave = WaveSurfer.create({
      container: byId("wave"), media: audio, cspNonce: nonce, duration: about.duration_ms / 1000,
      peaks: about.peaks.map((row) => row.map((peak) => peak / 100)), maxPeak: 1, height: 44,
      barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 2, hideScrollbar: true, autoScroll: false, ...colours(),
    });
    wave.on("interaction", () => { forget(); says.textContent = ""; });
    const redraw = () => wave.setOptions(colours());
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      matchMedia(query).addEventListener("change", redraw);
    }
  };

  audio.addEventListener("play", () => { showState(); requestAnimationFrame(eachFrame); });
  audio.addEventListener("pause", showState);
  audio.addEventListener("timeupdate", watch); // also where no frames are drawn: in a window behind others
  audio.addEventListener("ended", watch);
  audio.addEventListener("error", () => {
    says.textContent = `This browser cannot play the sound in this file (${about.mime}).`;
  });
  toggle.addEventListener("click", playOrPause);
  seek.addEventListener("input", () => jump(+seek.value));
  for (const line of timeLines) {
    line.querySelector(".rows").addEventListener("click", (event) => {
      const place = line.getBoundingClientRect();
      const [from, to] = [+line.dataset.from, +line.dataset.to];
      jump(from + ((to - from) * (event.clientX - place.left)) / place.width);
    });
  }
  for (const button of document.querySelectorAll("button.moment")) {
    button.addEventListener("click", () => playMoment(button));
  }
  // The space bar plays and pauses, except where it has its own meaning.
  const spaceIsOurs = (event) => event.key === " " && !event.ctrlKey && !event.altKey && !event.metaKey &&
    !event.target.closest("button, summary, a");
  document.addEventListener("keydown", (event) => {
    if (!spaceIsOurs(event)) return;
    event.preventDefault();
    if (!event.repeat) playOrPause();
  });

  audio.src = URL.createObjectURL(decoded());
  player.hidden = false;
  document.body.classList.add("with-player");
  drawWave();
  showState();
})();
