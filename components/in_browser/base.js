// What all components share. Joined before each script by components/in_browser/__init__.py.

/** Colours of the Okabe–Ito palette, one meaning each. */
const COLOURS = { train: "#0072B2", validation: "#E69F00", test: "#009E73", positive: "#0072B2", negative: "#E69F00" };

/** Write a number in the page's language with so many decimals; a true minus sign. */
function writeNumber(value, lang, decimals = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(lang, format).format(value).replace("-", "−");
}

/** Write a share between 0 and 1 as a percentage of the page's language. */
function writePercent(share, lang, decimals = 1) {
  const format = { style: "percent", minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return Number.isFinite(share) ? new Intl.NumberFormat(lang, format).format(share) : "NaN";
}

/** Make an element with attributes and children; `svg:` names make SVG elements. */
function make(name, attributes = {}, ...children) {
  const element = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

