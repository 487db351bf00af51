/*
 * Bellhop's booking page on another website:
 *
 *   <script src="https://book.example.com/embed.js" async></script>
 *   <bellhop-booking page="ines/first-consultation">
 *     <a href="https://book.example.com/ines/first-consultation">Book a time</a>
 *   </bellhop-booking>
 *
 * mode: inline (default), popup (the link opens a dialog), button (the same, floating). theme: auto, light, dark. lang: a language tag.
 * Prefilled: name, email, guest, q.{questionId}, utm_*. Events: bellhop-ready, bellhop-slot, bellhop-booked, bellhop-closed.
 * It needs no inline styles or scripts of its page, and no cookies.
 */
(() => {
  const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  if (!script || customElements.get("bellhop-booking")) return;
  const app = new URL(script.src).origin;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block }
    :host([hidden]) { display: none }
    iframe { display: block; box-sizing: border-box; width: 100%; height: 44rem; border: 0 }
    iframe[hidden], [hidden] { display: none !important }
    .refused { padding: 1rem; text-align: center }
    dialog {
      box-sizing: border-box; width: min(68rem, 100vw - 2rem); max-width: none; max-height: calc(100dvh - 2rem);
      padding: 0; border: 1px solid #0003; border-radius: .625rem; overflow: hidden; background: Canvas; color: CanvasText
    }
    dialog::backdrop { background: #0b1c24a0 }
    dialog iframe { max-height: calc(100dvh - 5rem) }
    header { display: flex; justify-content: flex-end }
    button { font: inherit; cursor: pointer }
    header button { min-width: 2.75rem; min-height: 2.75rem; padding: 0 1rem; border: 0; background: none; color: inherit }
    .open, :host([mode=button]) ::slotted(a) {
      display: inline-block; padding: .7rem 1.2rem; border: 1px solid #fff6; border-radius: .375rem;
      background: var(--bellhop-accent, #134b5f); color: var(--bellhop-accent-ink, #fff); font-weight: 600; text-decoration: none
    }
    :host([mode=button]) .at {
      position: fixed; z-index: 2147483000; inset-block-end: max(1rem, env(safe-area-inset-bottom)); inset-inline-end: 1rem
    }
    :focus-visible { outline: 3px solid #c98a2b; outline-offset: 2px }
    header button:focus-visible { outline-offset: -3px }
    @media (max-width: 40rem) {
      dialog { width: 100vw; height: 100dvh; max-height: none; margin: 0; border: 0; border-radius: 0 }
      dialog iframe { height: calc(100dvh - 2.75rem) !important; max-height: none }
    }
  `);

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  class BellhopBooking extends HTMLElement {
    static observedAttributes = ["page", "mode", "theme", "lang"];

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.addEventListener("click", (event) => this.#press(event));
      // By the time the dialog opens, its page is there.
      for (const near of ["pointerover", "focusin"]) this.addEventListener(near, () => this.#prepare());
    }

    connectedCallback() {
      addEventListener("message", this.#hear);
      this.#draw();
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
      this.#forget();
    }

    attributeChangedCallback(_name, before, after) {
      if (this.isConnected && before !== after) this.#draw();
    }

    /** Opens the dialog of a popup or a button. */
    open() {
      if (!this.#dialog || this.#dialog.open) return;
      this.#prepare();
      this.#root = document.documentElement;
      this.#overflow = this.#root.style.overflow;
      this.#root.style.overflow = "hidden";
      this.#dialog.showModal();
    }

    #prepare() {
      if (this.#dialog && !this.#frame && /^[\w-]+\/[\w-]+$/.test(this.#page)) this.#load(this.#dialog);
    }

    /** Closes it. */
    close() {
      this.#dialog?.close();
    }

    #dialog = null;
    #frame = null;
    #waiting = 0;
    #booked = "";
    #isReady = false;
    #root = null;
    #overflow = "";
    #opener = null;

    #draw() {
      this.#forget();
      const { shadowRoot } = this;
      const slot = make("slot", {});
      shadowRoot.replaceChildren(slot);
      // Without a page there is nothing to show: whatever is inside stays as it is.
      if (!/^[\w-]+\/[\w-]+$/.test(this.#page)) return;
      const mode = this.getAttribute("mode");
      if (mode !== "popup" && mode !== "button") return this.#load(shadowRoot);
      const button = make("button", { type: "button", class: "open", "aria-haspopup": "dialog" });
      const close = make("button", { type: "button", "aria-label": "Close" }, "✕");
      close.addEventListener("click", () => this.close());
      this.#dialog = make("dialog", { part: "dialog" }, make("header", {}, close));
      this.#dialog.addEventListener("click", (event) => {
        if (event.target === this.#dialog) this.close();
      });
      this.#dialog.addEventListener("close", () => this.#closed());
      shadowRoot.replaceChildren(make("div", { class: "at", part: "trigger" }, slot, button), this.#dialog);
      // What is inside may come later than the script.
      const name = () => {
        const link = this.querySelector("a");
        link?.setAttribute("aria-haspopup", "dialog");
        this.#label = (this.getAttribute("label") ?? this.textContent).trim() || "Book a time";
        button.textContent = this.#label;
        button.hidden = link !== null;
        if (!this.#isReady) this.#dialog?.setAttribute("aria-label", this.#label);
      };
      slot.addEventListener("slotchange", name);
      name();
    }

    #label = "Book a time";

    get #page() {
      return (this.getAttribute("page") ?? "").replace(/^\/+|\/+$/g, "");
    }

    /** The address of the frame: the page, how it looks, and what is known of the visitor. */
    get #address() {
      const url = new URL(`/embed/${this.#page}`, app);
      const say = (name, value) => value && url.searchParams.set(name, value);
      for (const [name, value] of new URLSearchParams(location.search)) {
        if (/^utm_\w+$/.test(name)) say(name, value);
      }
      for (const { name, value } of this.attributes) {
        if (/^(?:lang|name|email|guests?|duration|date|month|link|host|preview|q\..+|utm_\w+)$/.test(name))
          say(name, value);
      }
      const theme = this.getAttribute("theme");
      if (theme === "light" || theme === "dark") say("theme", theme);
      // Asking Intl takes longer.
      say("zone", globalThis.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
      return url.href;
    }

    #load(place) {
      const frame = make("iframe", {
        title: this.#label,
        src: this.#address,
        part: "frame",
      });
      this.#frame = frame;
      this.#isReady = false;
      // A website that may not show the page gets no word from it: then the link inside does.
      const wait = (ms) => {
        clearTimeout(this.#waiting);
        this.#waiting = setTimeout(() => this.#refused(), ms);
      };
      frame.addEventListener("load", () => this.#isReady || wait(5_000));
      wait(20_000);
      if (place === this.shadowRoot) place.replaceChildren(frame);
      else {
        place.querySelector(".refused")?.remove();
        place.append(frame);
      }
    }

    #refused() {
      if (this.#dialog) {
        this.#frame?.remove();
        this.#frame = null;
        const link = make(
          "a",
          { href: `${app}/${this.#page}`, target: "_blank", rel: "noopener", class: "open" },
          this.#label,
        );
        this.#dialog.append(make("p", { class: "refused" }, link));
        return;
      }
      if (this.#frame.hidden) return;
      const slot = make("slot", {}, make("a", { href: `${app}/${this.#page}`, class: "open" }, this.#label));
      // The frame stays, unseen: a slow one may speak yet.
      this.#frame.hidden = true;
      this.shadowRoot.append(slot);
    }

    #forget() {
      clearTimeout(this.#waiting);
      if (this.#dialog?.open) this.#dialog.close();
      this.#dialog = this.#frame = null;
    }

    #press(event) {
      if (
        !this.#dialog ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return;
      const pressed = event.composedPath().find((one) => one instanceof Element && one.matches("a, button"));
      if (!pressed || this.#dialog.contains(pressed)) return;
      event.preventDefault();
      this.#opener = pressed;
      this.open();
    }

    #closed() {
      if (this.#root) this.#root.style.overflow = this.#overflow;
      this.#opener?.focus();
      // What was booked is done; the next visitor of this page begins anew.
      if (this.#booked) {
        this.#frame?.remove();
        this.#frame = null;
        this.#booked = "";
      }
      this.#tell("bellhop-closed");
    }

    /** Only our own frame is heard, and only while it shows a page of Bellhop's. */
    #hear = ({ source, origin, data }) => {
      const frame = this.#frame;
      if (!frame || origin !== app || source !== frame.contentWindow || typeof data?.bellhop !== "string")
        return;
      if (data.bellhop === "hello") source.postMessage({ bellhop: "host" }, app);
      else if (data.bellhop === "ready") this.#ready(data);
      else if (data.bellhop === "height")
        frame.style.height = `${Math.min(Math.max(Number(data.height) || 0, 100), 20_000)}px`;
      else if (data.bellhop === "slot") this.#tell("bellhop-slot", data.slot);
      else if (data.bellhop === "close") this.close();
      else if (data.bellhop === "booked" && data.booked?.id !== this.#booked) {
        this.#booked = data.booked.id;
        if (!this.#dialog) this.scrollIntoView({ block: "nearest" });
        this.#tell("bellhop-booked", data.booked);
      }
    };

    #ready({ title, close }) {
      clearTimeout(this.#waiting);
      this.#frame.title = title;
      this.#dialog?.setAttribute("aria-label", title);
      this.#dialog?.querySelector("button").setAttribute("aria-label", close);
      if (!this.#dialog && this.#frame.hidden) {
        this.#frame.hidden = false;
        this.shadowRoot.querySelector("slot")?.remove();
      }
      if (this.#isReady) return;
      this.#isReady = true;
      this.#tell("bellhop-ready");
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    }
  }

  customElements.define("bellhop-booking", BellhopBooking);
})();
