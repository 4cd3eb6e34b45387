import { FindingsError } from "../../findings/finding";
import { pointed } from "../../findings/pointers";
import { visibleText } from "../../findings/text";
import { isVCenterError } from "../../vcenter/offline";

/**
 * Errors of the dynamic providers. For some methods the engine's provider process prints `${error}: ${error.stack}`
 * besides handing the message to the engine, which would show a user's mistake twice and with a stack trace. So both
 * parts are empty here, and components/providers.ts drops what is left of that line.
 */

/** A failure that the user can act on: the message says everything, a stack trace would say nothing. */
export class ProviderError extends Error {
  /** @param topic the heading of docs/troubleshooting.md that says more about it; none where the message names it */
  constructor(message: string, topic: string | undefined) {
    super(visibleText(pointed(message, topic)));
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
    super(reasons.join("\n"), undefined);
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
  if (isVCenterError(error)) return new ProviderError(error.message, "vcenter-refused");
  const message = error instanceof Error ? error.message : String(error);
  return new ProviderError(
    message,
    error instanceof FindingsError ? undefined : "the-program-itself-fails",
  );
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
