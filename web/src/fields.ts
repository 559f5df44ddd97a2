import { freshId, h } from "./dom";

/** A field of a form: its label, its input, and what is wrong with it, beside it. */
export interface Field<T extends HTMLElement = HTMLInputElement | HTMLSelectElement> {
  readonly element: HTMLElement;
  readonly input: T;
  /** Says what is wrong, or nothing. */
  refuse(why: string | undefined): void;
  /** Says what would be wrong with it, where nothing was refused yet. */
  foresee(why: string | undefined): void;
}

function around<T extends HTMLElement>(label: string, input: T, hint?: HTMLElement | string): Field<T> {
  const [id, whyId] = [freshId("field"), freshId("why")];
  input.id = id;
  const why = h("p", { id: whyId, class: "why", hidden: true });
  const element = h("div", { class: "field" }, h("label", { for: id }, label), input, hint, why);
  let isRefused = false;
  const say = (text: string | undefined): void => {
    why.textContent = text ?? "";
    why.hidden = text === undefined;
    if (text === undefined) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    } else {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", whyId);
    }
  };
  return {
    element, input,
    refuse: (text) => {
      isRefused = text !== undefined;
      say(text);
    },
    foresee: (text) => {
      if (!isRefused) say(text);
    },
  };
}

/** A field of text. */
export const textField = (label: string, attributes: Readonly<Record<string, unknown>> = {}, hint?: HTMLElement | string): Field<HTMLInputElement> =>
  around(label, h("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes }), hint);

/** A field of choices, each with its value and its text. */
export const choiceField = (label: string, choices: readonly (readonly [string, string])[], attributes: Readonly<Record<string, unknown>> = {}): Field<HTMLSelectElement> =>
  around(label, h("select", attributes, ...choices.map(([value, text]) => h("option", { value }, text))));
