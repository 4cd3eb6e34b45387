import { visibleText } from "../../findings/text";

/**
 * Errors of the dynamic providers. The engine's provider process prints `${error}: ${error.stack}` for some methods
 * besides handing the message to the engine, which would show a user's mistake twice and with a stack trace. So both
 * parts are empty here, and launch/dynamicProvider.js drops the line that is left.
 */

/** A failure that the user can act on: the message says all, the stack says nothing. */
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

/** A change that was done in part: the engine stores `properties` as the resource's state, and shows `reasons`. */
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
