import { isVCenterError, type VCenterError } from "./errors";

/**
 * Guards the account against lock-out: logins go one after the other, and after a refusal every later
 * login fails with the same error without asking vCenter again. One gate serves the SOAP and the REST
 * login of a client, and outlives closing it.
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
  logIn(): Promise<string>;
  /** @throws VCenterError when the session may still be open. */
  logOut(token: string): Promise<void>;
}

/** One login, made at the first use, shared by all calls, renewed when vCenter forgets it. */
export class Session {
  readonly #gate: CredentialGate;
  readonly #protocol: SessionProtocol;
  #current: Promise<string> | undefined;
  #currentToken: string | undefined;
  readonly #abandoned: string[] = [];

  constructor(gate: CredentialGate, protocol: SessionProtocol) {
    this.#gate = gate;
    this.#protocol = protocol;
  }

  /** The token, after logging in if need be. */
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

  /** Ends every session this object opened; gives the errors of those that may still be open. */
  async end(): Promise<VCenterError[]> {
    // A login on its way must be waited for: its session exists as soon as vCenter answers.
    const current = await this.#current?.catch(() => undefined);
    const tokens = [...this.#abandoned, ...(current === undefined ? [] : [current])];
    this.#abandoned.length = 0;
    this.#current = undefined;
    this.#currentToken = undefined;
    const endings = await Promise.allSettled(tokens.map((token) => this.#protocol.logOut(token)));
    return endings
      .map((ending): unknown => (ending.status === "rejected" ? ending.reason : undefined))
      .filter((reason): reason is VCenterError => isVCenterError(reason));
  }

  async #logIn(): Promise<string> {
    try {
      const token = await this.#gate.pass(() => this.#protocol.logIn());
      this.#currentToken = token;
      return token;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}
