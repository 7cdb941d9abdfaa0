// Copies the address of this experiment: what Python says of its controls, behind the page's own path.
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
  const address = `${location.origin}${location.pathname}?${data.query}`;
  button.dataset.address = address;
  button.onclick = async () => {
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
