"use strict";

// Suggestions below the search box: a combobox with a list, as the ARIA Authoring Practices describe it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the box is a plain one and searches.

const WAIT_MS = 80;
const WORDS = {
  vi: {
    list: "Gợi ý",
    kinds: { document: "Văn bản", number: "Số, ký hiệu", issuer: "Cơ quan", signer: "Người ký", phrase: "Tìm" },
    found: (count) => (count ? `${count} gợi ý` : "Không có gợi ý"),
    documents: (count) => `${count.toLocaleString("vi")} văn bản`,
  },
  en: {
    list: "Suggestions",
    kinds: { document: "Document", number: "Number", issuer: "Issuer", signer: "Signer", phrase: "Search" },
    found: (count) => (count ? `${count} suggestion${count === 1 ? "" : "s"}` : "No suggestions"),
    documents: (count) => `${count.toLocaleString("en")} document${count === 1 ? "" : "s"}`,
  },
}[document.documentElement.lang];

class SuggestionBox {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.suggestions = [];
    this.active = -1;
    this.timer = 0;
    this.request = new AbortController();
    this.list = this.makeList();
    this.status = make("p", "unseen", form);
    this.status.setAttribute("role", "status");
    this.describeInput();
    this.listen();
  }

  makeList() {
    const list = make("ul", "suggestions", this.form);
    list.id = `${this.input.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", WORDS.list);
    list.hidden = true;
    return list;
  }

  describeInput() {
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    // A page that the browser kept is shown again as it was left.
    window.addEventListener("pagehide", () => this.close());
    // The box keeps the focus while the mouse chooses.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  later() {
    this.cancel();
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  cancel() {
    clearTimeout(this.timer);
    this.request.abort();
  }

  async ask() {
    this.cancel();
    const typed = this.input.value;
    if (!typed.trim()) return this.close();
    this.request = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: this.request.signal });
      this.show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (error) {
      // A newer keystroke ended this one, or the server is away: searching will say so.
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((suggestion, at) => this.makeOption(suggestion, at)));
    this.open(suggestions.length > 0);
    this.status.textContent = WORDS.found(suggestions.length);
  }

  makeOption(suggestion, at) {
    const option = make("li", suggestion.kind);
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    make("span", "kind", option).textContent = WORDS.kinds[suggestion.kind];
    // Spaces between the parts, for whoever hears them.
    option.append(" ");
    const text = make("span", "text", option);
    text.lang = "vi";
    text.append(...marked(suggestion));
    const more = detail(suggestion);
    if (more) {
      option.append(" ");
      make("span", "more", option).textContent = more;
    }
    return option;
  }

  open(isOpen) {
    this.activate(-1);
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.cancel();
    this.open(false);
    this.status.textContent = "";
  }

  press(event) {
    // The keyboard's own Vietnamese mode is composing a letter.
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Home" || event.key === "End") {
      this.activate(-1);
    }
  }

  // Round through the options and, between the last and the first, back to what was typed.
  move(step) {
    const stops = this.suggestions.length + 1;
    this.activate(((this.active + 1 + step + stops) % stops) - 1);
  }

  activate(at) {
    this.active = at;
    for (const [place, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(place === at));
    }
    const option = this.list.children[at];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  choose(at) {
    const suggestion = this.suggestions[at];
    this.close();
    if (suggestion.kind === "phrase") {
      this.input.value = suggestion.text;
      this.form.requestSubmit();
    } else {
      location.assign(this.addressOf(suggestion));
    }
  }

  addressOf(suggestion) {
    if (suggestion.id === undefined) {
      return `${this.form.action}?${new URLSearchParams({ [suggestion.kind]: suggestion.text })}`;
    }
    const address = new URL(`documents/${encodeURIComponent(suggestion.id)}`, this.form.action);
    address.search = new URLSearchParams({ q: this.input.value.trim() });
    return address;
  }
}

function make(name, className, parent) {
  const node = document.createElement(name);
  node.className = className;
  parent?.append(node);
  return node;
}

// The text with its marks, whose offsets count characters and not UTF-16 units.
function marked({ text, marks }) {
  const characters = Array.from(text);
  const nodes = [];
  let at = 0;
  for (const [start, end] of marks) {
    nodes.push(characters.slice(at, start).join(""));
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(start, end).join("");
    nodes.push(mark);
    at = end;
  }
  nodes.push(characters.slice(at).join(""));
  return nodes;
}

function detail({ number, subject, count }) {
  return count === undefined ? (number ?? subject) : WORDS.documents(count);
}

for (const form of document.querySelectorAll("form[data-suggest]")) new SuggestionBox(form);
