import { isVCenterError, type VCenterError } from "./errors";
import type { VCenterConnection } from "./options";

/**
 * Guards the account against lock-out: logins are made one after the other, and after a refusal every later login fails
 * with the same error without asking vCenter again. One gate serves the SOAP and the REST login of a client, and
 * outlives closing it.
 */
export class CredentialGate {
  #refusal: VCenterError | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** Runs a login, or throws the remembered refusal. */
  async pass<Token>(logIn: () => Promise<Token>): Promise<Token> {
    const turn = this.#queue.then(() => this.#try(logIn));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The error of the refusal, if there was one. */
  get refusal(): VCenterError | undefined {
    return this.#refusal;
  }

  async #try<Token>(logIn: () => Promise<Token>): Promise<Token> {
    if (this.#refusal) throw this.#refusal;
    try {
      return await logIn();
    } catch (error) {
      if (isVCenterError(error, "invalidLogin", "noPermission")) this.#refusal = error;
      throw error;
    }
  }
}

/** How one of the two interfaces logs in and out. The token is its session id or cookie. */
export interface SessionProtocol {
  /** @param onLost called for each login that may have opened a session although no answer came */
  logIn(onLost: () => void): Promise<string>;
  /** @throws VCenterError when the session may still be open */
  logOut(token: string): Promise<void>;
  /**
   * Ends the sessions of logins whose answers were lost, if the interface can find them.
   * @returns whether surely none of them is left
   */
  endLost(token: string): Promise<boolean>;
}

/** What closing could not end. */
export interface LeftSessions {
  /** Why sessions could not be ended, one error each. */
  readonly errors: readonly VCenterError[];
  /** How many answers to logins were lost, each of which may have opened a session. */
  readonly lostLogins: number;
}

/** One login, made on first use, shared by all calls, renewed when vCenter forgets it. */
export class Session {
  readonly #gate: CredentialGate;
  readonly #protocol: SessionProtocol;
  #current: Promise<string> | undefined;
  #currentToken: string | undefined;
  readonly #abandoned: string[] = [];
  #lostLogins = 0;

  constructor(gate: CredentialGate, protocol: SessionProtocol) {
    this.#gate = gate;
    this.#protocol = protocol;
  }

  /** The token, after logging in if necessary. */
  async token(): Promise<string> {
    if (this.#gate.refusal) throw this.#gate.refusal;
    this.#current ??= this.#logIn();
    return this.#current;
  }

  /** A token newer than the one that was refused. Calls that were refused together share one login. */
  async renewed(refused: string): Promise<string> {
    if (this.#currentToken === refused) {
      // Perhaps only one node behind a load balancer forgot it; close() tries to end it all the same.
      this.#abandoned.push(refused);
      this.#current = undefined;
      this.#currentToken = undefined;
    }
    return this.token();
  }

  /** Ends every session this object opened, even those whose answers were lost; says which may still be open. */
  async end(): Promise<LeftSessions> {
    // A login on its way must be waited for: its session exists as soon as vCenter answers.
    const current = await this.#current?.catch(() => undefined);
    const tokens = [...this.#abandoned, ...(current === undefined ? [] : [current])];
    this.#abandoned.length = 0;
    this.#current = undefined;
    this.#currentToken = undefined;
    const hasEndedLost =
      this.#lostLogins > 0 && current !== undefined && (await this.#protocol.endLost(current));
    const lostLogins = hasEndedLost ? 0 : this.#lostLogins;
    this.#lostLogins = 0;
    const endings = await Promise.allSettled(tokens.map((token) => this.#logOut(token)));
    const errors = endings
      .map((ending): unknown => (ending.status === "rejected" ? ending.reason : undefined))
      .filter((reason): reason is VCenterError => isVCenterError(reason));
    return { errors, lostLogins };
  }

  /** A server that failed once may succeed at the second attempt; a session that has ended is not an error. */
  async #logOut(token: string): Promise<void> {
    try {
      await this.#protocol.logOut(token);
    } catch (error) {
      if (!isVCenterError(error, "serverError")) throw error;
      await this.#protocol.logOut(token);
    }
  }

  async #logIn(): Promise<string> {
    try {
      const token = await this.#gate.pass(() =>
        this.#protocol.logIn(() => {
          this.#lostLogins += 1;
        }),
      );
      this.#currentToken = token;
      return token;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}

/**
 * Says that sessions may still be open, whose, where and why, and how they end; undefined when there are none.
 * @param left what closing could not end, one part for each interface
 */
export function leftSessionsText(
  { server, user }: Pick<VCenterConnection, "server" | "user">,
  userAgent: string,
  left: readonly LeftSessions[],
): string | undefined {
  const errors = left.flatMap((part) => part.errors);
  const lost = left.reduce((sum, { lostLogins }) => sum + lostLogins, 0);
  const count = errors.length + lost;
  if (count === 0) return undefined;
  const reasons = [
    ...new Set(errors.map(({ operation, answer }) => `${operation}: ${answer}`)),
    ...(lost === 0
      ? []
      : [lost === 1 ? "the answer to a login was lost" : "answers to logins were lost"]),
  ];
  const sessions = count === 1 ? "a session" : `${count} sessions`;
  const them = count === 1 ? "it" : "them";
  return (
    `${server}: ${sessions} of ${user} may still be open (${reasons.join("; ")}): vCenter ends ${them} after 30 idle ` +
    `minutes; to end ${them} sooner, terminate the sessions whose user agent begins with ${userAgent} (vSphere Client: the ` +
    "vCenter, Monitor, Sessions) while no other run is in progress"
  );
}
