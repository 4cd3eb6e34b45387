import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupContent,
  MarkupKind,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionItem,
  type Diagnostic,
  type ProtocolConnection,
  type ProtocolRequestType,
  type TextDocumentPositionParams,
} from "vscode-languageserver-protocol/node";
import { cursor } from "./editedText";

const program = join(__dirname, "../../node_modules/yaml-language-server/bin/yaml-language-server");

/** Nothing is asked of the network: schemas come from the first line of a file alone. */
const settings = {
  validate: true,
  hover: true,
  completion: true,
  schemaStore: { enable: false },
  kubernetesCRDStore: { enable: false },
};

/**
 * The language server that the YAML extensions of editors run, and the messages an editor exchanges with it. Stop it
 * in an `after` hook.
 */
export class YamlLanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #diagnostics = new Map<string, (found: Diagnostic[]) => void>();
  #documents = 0;

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(process.stdout),
      new StreamMessageWriter(process.stdin),
    );
    this.#connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => (section === "yaml" ? settings : null)),
    );
    this.#connection.onRequest(RegistrationRequest.type, () => undefined);
    this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#diagnostics.get(uri)?.(diagnostics);
    });
    this.#connection.listen();
  }

  /** Starts a server, and waits until it answers. */
  static async start(): Promise<YamlLanguageServer> {
    // Its standard input ends with this process, and it with that.
    const server = new YamlLanguageServer(spawn(process.execPath, [program, "--stdio"]));
    await server.#connection.sendRequest(InitializeRequest.method, {
      processId: process.pid,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: {
            completionItem: {
              snippetSupport: true,
              documentationFormat: [MarkupKind.Markdown, MarkupKind.PlainText],
            },
          },
          hover: { contentFormat: [MarkupKind.Markdown] },
        },
      },
    });
    await server.#connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  /** What an editor offers at the {@link cursor} in the text of a whole file. */
  async complete(text: string): Promise<CompletionItem[]> {
    const answer = await this.#atCursor(CompletionRequest.type, text);
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** What an editor shows for the word at the {@link cursor} in a file, as Markdown; empty for nothing. */
  async hover(text: string): Promise<string> {
    const answer = await this.#atCursor(HoverRequest.type, text);
    return MarkupContent.is(answer?.contents) ? answer.contents.value : "";
  }

  /**
   * What an editor underlines.
   *
   * @param file where the text is from, for a schema named by a relative path
   */
  async faults(text: string, file?: string): Promise<string[]> {
    const uri = file === undefined ? this.#nextUri() : pathToFileURL(file).href;
    const found = new Promise<Diagnostic[]>((resolve) => this.#diagnostics.set(uri, resolve));
    return this.#withDocument(text, async () => (await found).map(({ message }) => message), uri);
  }

  /** Ends the process as an editor does. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    await ended;
    this.#connection.dispose();
  }

  #atCursor<Answer>(
    type: ProtocolRequestType<TextDocumentPositionParams, Answer, unknown, void, unknown>,
    text: string,
  ): Promise<Answer> {
    const before = text.slice(0, text.indexOf(cursor)).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    return this.#withDocument(text.replace(cursor, ""), (textDocument) =>
      this.#connection.sendRequest(type, { textDocument, position }),
    );
  }

  async #withDocument<Answer>(
    text: string,
    ask: (document: { readonly uri: string }) => Promise<Answer>,
    uri = this.#nextUri(),
  ): Promise<Answer> {
    const opened = { uri, languageId: "yaml", version: 1, text };
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: opened,
    });
    try {
      return await ask({ uri });
    } finally {
      await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, {
        textDocument: { uri },
      });
    }
  }

  /** A folder of its own for each, so that every file can have the name that an editor goes by. */
  #nextUri(): string {
    this.#documents += 1;
    return pathToFileURL(`/stacks/${this.#documents}/Pulumi.dev.yaml`).href;
  }
}
