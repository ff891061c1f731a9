// The search box in a frame, in place of the script tag that loads this.
"use strict";
(() => {
  const tag = document.currentScript;
  const frame = document.createElement("iframe");
  frame.src = {{ address|tojson }};
  frame.title = tag.dataset.title || "Tra cứu văn bản";
  frame.loading = "lazy";
  frame.width = "100%";
  frame.height = "60";
  frame.style.border = "0";
  tag.replaceWith(frame);
})();
