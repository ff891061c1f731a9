"use strict";

// Keeps what was chosen for the basket across searches. Without this script the basket has what one page chose.

const KEY = "tracuu-basket";
const FULL = {
  vi: (most) => `Giỏ chứa tối đa ${most} văn bản: hãy bỏ bớt.`,
  en: (most) => `The basket holds at most ${most} documents: remove some.`,
}[document.documentElement.lang];

function stored() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // storage is shut, or somebody else's
  }
}

function store(ids) {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Storage is shut: what this page chose is still sent by its form.
  }
}

function chooseOnResults(form) {
  const most = Number(form.dataset.basket);
  const boxes = [...form.querySelectorAll("input[name=id]")];
  const count = form.querySelector(".in-basket");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  count.parentElement.after(status);

  const show = () => {
    const ids = stored();
    for (const box of boxes) box.checked = ids.includes(box.value);
    count.textContent = ids.length ? ` (${ids.length})` : "";
  };
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    const others = stored().filter((id) => id !== box.value);
    const isFull = box.checked && others.length >= most;
    status.textContent = isFull ? FULL(most) : "";
    store(box.checked && !isFull ? [...others, box.value] : others);
    show();
  });
  form.addEventListener("formdata", (event) => {
    const here = boxes.map((box) => box.value);
    for (const id of stored()) if (!here.includes(id)) event.formData.append("id", id);
  });
  window.addEventListener("pageshow", show); // also when the reader comes back
  window.addEventListener("storage", show);
  show();
}

function dropFromBasket(event) {
  const link = event.target.closest("[data-basket-drop], [data-basket-clear]");
  if (!link) return;
  store("basketClear" in link.dataset ? [] : stored().filter((id) => id !== link.dataset.basketDrop));
}

const choosing = document.querySelector("form[data-basket]");
if (choosing) chooseOnResults(choosing);
document.addEventListener("click", dropFromBasket);
