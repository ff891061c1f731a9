"use strict";

// What reading a document gains by a script: the keys n and p, and a button that copies the citation.

const COPYING = {
  vi: { copied: "Đã chép", selected: "Đã chọn: bấm Ctrl+C để chép" },
  en: { copied: "Copied", selected: "Selected: press Ctrl+C to copy" },
}[document.documentElement.lang];

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) {
    return;
  }
  const link = event.key === "n" || event.key === "p" ? neighbour(event.key) : null;
  if (link) {
    event.preventDefault();
    link.click();
  }
}

// On the page of an original, its neighbours; in a text, the hit beside the one that the address points to.
function neighbour(key) {
  const page = document.querySelector(`a[data-key="${key}"]`);
  const hit = document.querySelector("mark:target");
  if (page) {
    return page;
  }
  return hit ? hit.nextElementSibling.querySelector(`[data-hop="${key}"]`) : document.querySelector(".jump a");
}

function showCopyButton(button) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const status = button.nextElementSibling;
    status.textContent = (await copied(source)) ? COPYING.copied : COPYING.selected;
  });
}

// The clipboard is open to pages from https alone; elsewhere the text is selected for the reader to copy.
async function copied(source) {
  getSelection().selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

document.addEventListener("keydown", onKey);
document.querySelectorAll("button[data-copy]").forEach(showCopyButton);
