// The recommended set of html-validate, less what is a matter of taste or needs a browser to tell.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    // Material's ids begin with underscores, which HTML allows.
    "valid-id": ["error", { relaxed: true }],
    "no-trailing-whitespace": "off",
    // A title says what a page or a chart shows, as long as that takes.
    "long-title": "off",
    // Material's contents stand on a page twice, for two widths, and never show at once: axe looks at what is shown.
    "unique-landmark": "off",
    // Material's forms of search and colours are worked by its script; test_valid.py asks it of all others.
    "wcag/h32": "off",
  },
};
