import { InputError } from "../util/errors.ts";
import type { FormatRequest } from "./parse.ts";

/** A request for one of the forms that a command has. */
export interface FormRequest<Form extends string> {
  readonly form: Form;
  readonly request: FormatRequest;
}

/** Narrows the formats that were asked for to those that a command has; throws an InputError for any other. */
export function formsOf<Form extends string>(
  requests: readonly FormatRequest[],
  forms: readonly Form[],
  noun: string,
): FormRequest<Form>[] {
  return requests.map((request) => {
    const form = forms.find((each) => each === request.format);
    if (form !== undefined) return { form, request };
    throw new InputError(`${noun} told as ${request.format}`, {
      hint: `take ${forms.join(" or ")}`,
    });
  });
}
