import { visibleText } from "../../findings/text";

/**
 * Errors of the dynamic providers. For some methods the engine's provider process prints `${error}: ${error.stack}`
 * besides handing the message to the engine, which would show a user's mistake twice and with a stack trace. So both
 * parts are empty here, and components/providers.ts drops what is left of that line.
 */

/** A failure that the user can act on: the message says everything, a stack trace would say nothing. */
export class ProviderError extends Error {
  constructor(message: string) {
    super(visibleText(message));
    this.name = "ProviderError";
    this.stack = "";
  }

  override toString(): string {
    return "";
  }
}

/** A change that was made in part: the engine stores `properties` as the resource's state, and shows `reasons`. */
export class PartialFailure extends ProviderError {
  readonly id: string;
  readonly properties: object;
  readonly reasons: readonly string[];

  constructor(id: string, properties: object, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.name = "PartialFailure";
    this.id = id;
    this.properties = properties;
    this.reasons = reasons.map(visibleText);
  }
}

/** Turns whatever was thrown into an error that shows its message once. */
export function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) {
    return error;
  }
  return new ProviderError(error instanceof Error ? error.message : String(error));
}

/**
 * Shows sentences, where there are any, as messages of the preview or the update. Names in them, whoever chose them,
 * cannot disguise them.
 */
export function tell(...sentences: readonly (string | undefined)[]): void {
  for (const sentence of sentences) {
    if (sentence !== undefined) console.log(visibleText(sentence));
  }
}

/** Prints as `print` does, but for the line that is left of a {@link ProviderError} when the engine's process prints it. */
export function withoutEmptyErrors(
  print: (...values: unknown[]) => void,
): (...values: unknown[]) => void {
  return (...values) => {
    if (values.length !== 1 || values[0] !== ": ") print(...values);
  };
}
