import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, EnvHttpProxyAgent } from "undici";
import { callError, type CallDescription, type VCenterError } from "../errors";
import type { ResolvedOptions } from "../options";
import { openAgent, proxyOf, throughProxy, type Proxy } from "./agent";
import { seenCertificate } from "./certificate";
import {
  asConnectionFailure,
  backoffDelay,
  closedError,
  connectionError,
  isAboutCertificate,
  isBeforeSending,
  isWorthAnotherTry,
  retryAfterMilliseconds,
} from "./failures";
import type { Redaction } from "./redaction";
import type { TrustOptions } from "./trust";

/** One HTTP call. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path and query, starting with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * An `ordinary` call may be repeated after any failure: made twice, it has the same result. A `login` is not repeated
   * after a timeout, because the lost answer may have opened a session. A `logout` ends a session, or finds out which
   * one to end: it is sent on a closed transport too, and tried only briefly, because the work is done and somebody is
   * waiting. What must happen `once` is repeated only when vCenter surely did not take it: a 503 or a broken connection
   * prove nothing, they may come after the work was begun.
   */
  readonly role: "ordinary" | "once" | "login" | "logout";
  /** Called for each attempt that may have been carried out although no answer came. */
  readonly onLostAnswer?: () => void;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** How many attempts it took. */
  readonly attempts: number;
}

type Outcome = { readonly answer: Omit<HttpAnswer, "attempts"> } | { readonly failure: unknown };

const retriedStatuses: Readonly<Record<HttpRequest["role"], readonly number[]>> = {
  // 502 and 504 come from the proxy in front of vCenter's services while one of them restarts.
  ordinary: [429, 502, 503, 504],
  once: [429],
  login: [429, 503],
  logout: [429, 503],
};

/** How long one attempt to log out may take, and all attempts together with the waits between them. */
const logoutLimits = { attempt: 3000, all: 8000 };

/**
 * HTTP with a cap on concurrent calls, a time limit for each attempt, and retries.
 *
 * undici's RetryAgent is not used: it keeps its slot while it waits, it resumes a broken answer with a Range request,
 * which vCenter does not know, and its time limits apply to the gaps between bytes instead of to the whole answer.
 */
export class Transport {
  readonly options: ResolvedOptions;
  readonly #origin: string;
  readonly #redaction: Redaction;
  readonly #trust: TrustOptions;
  readonly #slots: Slots;
  readonly #closing = new AbortController();
  readonly #running = new Map<Promise<Outcome>, AbortController | undefined>();
  readonly #proxy: Proxy | undefined;
  #agent: Promise<Agent | EnvHttpProxyAgent> | undefined;
  #hasConnected = false;
  #longestLogout: number = logoutLimits.all;

  constructor(origin: string, trust: TrustOptions, options: ResolvedOptions, redaction: Redaction) {
    this.#origin = origin;
    this.options = options;
    this.#redaction = redaction;
    this.#slots = new Slots(options.maximumConcurrentCalls);
    this.#trust = trust;
    this.#proxy = proxyOf(origin);
  }

  /**
   * Sends the request until it is answered or the attempts are used up. The answer may have any status.
   * @throws VCenterError `timeout`, `unreachable`, `untrustedCertificate`, or `unavailable` when closed
   */
  async send(request: HttpRequest, description: CallDescription): Promise<HttpAnswer> {
    const { attempts, backoffMilliseconds, timeoutMilliseconds } = this.options;
    const begin = Date.now();
    const isOver = (wait: number): boolean =>
      request.role === "logout" && Date.now() - begin + wait > this.#longestLogout;
    for (let made = 1; ; made++) {
      const outcome = await this.#slots.run(() => this.#attempt(request, description));
      let wait = backoffDelay(backoffMilliseconds, made, Math.random());
      let isLast = made >= attempts;
      if ("answer" in outcome) {
        const { answer } = outcome;
        const asked = retryAfterMilliseconds(single(answer.headers["retry-after"]), Date.now());
        wait = Math.max(wait, asked ?? 0);
        isLast ||= wait > timeoutMilliseconds || isOver(wait);
        // From the proxy in front of vCenter, which may have done the work.
        if ([502, 504].includes(answer.status)) request.onLostAnswer?.();
        if (isLast || !retriedStatuses[request.role].includes(answer.status)) {
          return { ...answer, attempts: made };
        }
      } else {
        if (isLost(outcome.failure)) request.onLostAnswer?.();
        if (isLast || isOver(wait) || !this.#mayRepeat(request, outcome.failure)) {
          throw await this.#failureError(request, description, outcome.failure, made);
        }
      }
      await this.#pause(wait, request, description);
    }
  }

  /**
   * Refuses everything but logouts from now on, and waits for the calls on the wire. Those that outlast the grace
   * period are broken off; a login is always waited for, so that its session is known.
   *
   * @param logoutMilliseconds until when a logout that failed is tried again
   */
  async stop(
    graceMilliseconds: number,
    logoutMilliseconds: number = logoutLimits.all,
  ): Promise<void> {
    this.#longestLogout = logoutMilliseconds;
    this.#closing.abort();
    const grace = setTimeout(() => {
      for (const controller of this.#running.values()) controller?.abort();
    }, graceMilliseconds);
    await Promise.allSettled(this.#running.keys());
    clearTimeout(grace);
  }

  /** Closes the sockets. */
  async destroy(): Promise<void> {
    await (await this.#agent)?.destroy();
  }

  async #attempt(request: HttpRequest, description: CallDescription): Promise<Outcome> {
    this.#refuseWhenClosed(request, description);
    const controller = new AbortController();
    const outcome = this.#exchange(request, controller).then(
      (answer): Outcome => ({ answer }),
      (failure: unknown): Outcome => ({ failure }),
    );
    const isSessionCall = request.role === "login" || request.role === "logout";
    this.#running.set(outcome, isSessionCall ? undefined : controller);
    const limit = setTimeout(() => {
      controller.abort(new TimeLimitReached());
    }, this.#limit(request));
    try {
      return await outcome;
    } finally {
      clearTimeout(limit);
      this.#running.delete(outcome);
    }
  }

  async #exchange(
    request: HttpRequest,
    controller: AbortController,
  ): Promise<Omit<HttpAnswer, "attempts">> {
    this.#agent ??= openAgent(this.#proxy, this.#trust, this.options);
    const agent = await this.#agent;
    const { statusCode, headers, body } = await agent.request({
      origin: this.#origin,
      path: request.path,
      method: request.method,
      headers: { "user-agent": this.options.userAgent, ...request.headers },
      body: request.body ?? null,
      signal: controller.signal,
    });
    this.#hasConnected = true;
    return { status: statusCode, headers, text: await body.text() };
  }

  #mayRepeat(request: HttpRequest, failure: unknown): boolean {
    if (this.#closing.signal.aborted && request.role !== "logout") return false;
    if (failure instanceof TimeLimitReached) return ["ordinary", "logout"].includes(request.role);
    const { code } = asConnectionFailure(failure);
    if (request.role === "once" && !isBeforeSending(code)) return false;
    return isWorthAnotherTry(code, this.#hasConnected);
  }

  /** The longest time for one attempt. */
  #limit({ role }: HttpRequest): number {
    const { timeoutMilliseconds } = this.options;
    return role === "logout"
      ? Math.min(timeoutMilliseconds, logoutLimits.attempt)
      : timeoutMilliseconds;
  }

  async #failureError(
    request: HttpRequest,
    description: CallDescription,
    failure: unknown,
    attempts: number,
  ): Promise<VCenterError> {
    const times = attempts > 1 ? ` (${attempts} attempts)` : "";
    if (failure instanceof TimeLimitReached) {
      const limit = this.#limit(request);
      const answer = `no complete answer within ${limit} ms${throughProxy(this.#proxy)}${times}`;
      return callError(description, { kind: "timeout", answer });
    }
    if (this.#closing.signal.aborted) return closedError(description);
    const { code, message } = asConnectionFailure(failure);
    const cleaned = { code, message: this.#redaction.clean(message) };
    // A proxy may show a certificate of its own, which a look past it would not see.
    const canLook = this.#proxy === undefined && isAboutCertificate(cleaned);
    const seen = canLook ? await seenCertificate(this.#origin) : undefined;
    return connectionError(description, this.#origin, cleaned, times, this.#proxy, seen);
  }

  async #pause(wait: number, request: HttpRequest, description: CallDescription): Promise<void> {
    if (request.role === "logout") {
      await sleep(wait);
      return;
    }
    try {
      await sleep(wait, undefined, { signal: this.#closing.signal });
    } catch {
      throw closedError(description);
    }
  }

  #refuseWhenClosed(request: HttpRequest, description: CallDescription): void {
    if (this.#closing.signal.aborted && request.role !== "logout") throw closedError(description);
  }
}

/** Whether the request may have reached the server. */
function isLost(failure: unknown): boolean {
  return failure instanceof TimeLimitReached || !isBeforeSending(asConnectionFailure(failure).code);
}

/** Why an attempt is broken off. */
class TimeLimitReached extends Error {}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/**
 * A cap on how many tasks run at the same time; the others wait in order. The connection cap of the HTTP agent alone
 * would not do: the time that a call waits for its turn must not count as vCenter being slow.
 */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs the task when a slot is free. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot goes straight to the next in line, so that no newcomer overtakes it.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
