import type { VCenterErrorKind } from "./errors";
import { isSessionLimit } from "./soapFaults";
import type { HttpAnswer } from "./transport";

const kinds: Readonly<Record<number, VCenterErrorKind>> = {
  400: "invalidArgument",
  401: "unauthenticated",
  403: "noPermission",
  404: "notFound",
  409: "resourceInUse",
  429: "unavailable",
  500: "serverError",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** What an HTTP status means when the body does not tell. */
export function statusKind(status: number, text: string): VCenterErrorKind {
  if (status >= 400 && isSessionLimit(text)) return "tooManySessions";
  return kinds[status] ?? "unexpectedAnswer";
}

const longestExcerpt = 200;

/** An answer in one short line: its status, and its text when there is any that a person can read. */
export function excerpt(answer: HttpAnswer): string {
  const times = answer.attempts > 1 ? ` after ${answer.attempts} attempts` : "";
  const status = `HTTP ${answer.status}${times}`;
  const text = answer.text
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (text === "") return `${status} with nothing to read in it`;
  const short = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}...` : text;
  return `${status}, "${short}"`;
}
