// Copies the address of this experiment: every control's default, and over it what the page's own address says.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".root");
  let button = root.querySelector("button");
  if (!button) {
    button = make("button", { type: "button" });
    root.append(button, make("span", { role: "status", class: "said" }));
  }
  const said = root.querySelector(".said");
  button.textContent = data.labels.copy;
  button.onclick = async () => {
    const address = linkOf(data.query);
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = data.labels.copied;
    } catch {
      // Without https or permission there is no clipboard: show the address, selected, to copy by hand.
      const field = make("input", { readonly: "", value: address, "aria-label": data.labels.copy });
      said.replaceChildren(field);
      field.select();
      if (document.execCommand("copy")) said.append(data.labels.copied);
    }
  };
}

/** The address holds what was moved, always up to date; `defaults` the rest, the language included. */
function linkOf(defaults) {
  const link = new URLSearchParams(defaults);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (link.has(name) && name !== "lang") link.set(name, value);
  }
  return `${location.origin}${location.pathname}?${link}`;
}
