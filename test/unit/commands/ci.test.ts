import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { Api } from "../../../commands/ci/api";
import { findingsOf, withoutEmpty, withoutSecrets } from "../../../commands/ci/engine";
import {
  driftIssue,
  driftOver,
  driftTitle,
  longestText,
  previewComment,
  previewMarker,
  withOutput,
} from "../../../commands/ci/texts";
import { UserError } from "../../../commands/run";
import { allSettings } from "../../../configuration/settings";
import { setVariable } from "../../support/environment";
import { thrownBy } from "../../support/thrownBy";
import { workflowJob } from "../../support/workflowFiles";

describe("the engine in a pipeline", () => {
  it("tells changes from a failure by its exit code", () => {
    assert.equal(findingsOf(0), "unchanged");
    assert.equal(findingsOf(7), "changed");
    for (const code of [1, 2, 3, 4, 5, 6, 8, 9, 255]) assert.equal(findingsOf(code), "failed");
  });

  it("gets no variables that are set to nothing, but an empty passphrase is one", () => {
    assert.deepEqual(
      withoutEmpty({ PULUMI_ACCESS_TOKEN: "", PULUMI_CONFIG_PASSPHRASE: "", VSPHERE_USER: "a" }),
      { PULUMI_CONFIG_PASSPHRASE: "", VSPHERE_USER: "a" },
    );
  });
});

describe("what a pipeline writes where others read it", () => {
  const variables = new Set([
    ...allSettings.flatMap(({ secret, variable: name }) =>
      secret && name !== undefined ? [name] : [],
    ),
    ...["preview", "up", "drift"].flatMap((name) =>
      Object.entries(workflowJob(name).steps.at(-1)!.env ?? {})
        .filter(([, value]) => /secrets\.|github\.token/.test(value))
        .map(([variable]) => variable),
    ),
    "GITLAB_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
  ]);

  for (const variable of variables) {
    it(`does not have the secret in ${variable}, in no form`, () => {
      const secret = 'of "this" & that';
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
      const cleaned = withoutSecrets(`vCenter said: ${forms.join(", ")}.`, { [variable]: secret });
      assert.equal(cleaned, "vCenter said: ***, ***, ***.");
    });
  }

  it("has what is not secret", () => {
    const text = "vcenter.example.com as reader@vsphere.local";
    const environment = {
      VSPHERE_SERVER: "vcenter.example.com",
      VSPHERE_USER: "reader@vsphere.local",
      VSPHERE_PASSWORD: "",
      PULUMI_STACK: "vcenter",
    };
    assert.equal(withoutSecrets(text, environment), text);
  });
});

/** What a reader of Markdown takes for the content of the only fenced block. */
function fenced(markdown: string): string | undefined {
  const [, fence, rest] = /^(`{3,})text\n([^]*)$/m.exec(markdown) ?? [];
  if (fence === undefined || rest === undefined) return undefined;
  const closing = new RegExp(`^ {0,3}\`{${fence.length},}[ \\t]*$`, "m").exec(rest);
  return closing === null ? undefined : rest.slice(0, closing.index - 1);
}

describe("a text with what a program printed", () => {
  it("shows it unchanged, whatever is in it", () => {
    const pieces = ["```", "````\n", "\n```\n", "~~~", "</details>", "@all"];
    const anything = fc.array(fc.oneof(fc.string(), fc.constantFrom(...pieces)));
    fc.assert(
      fc.property(anything, (parts) => {
        const output = parts.join("");
        assert.equal(fenced(withOutput("Before", output)), output.trim());
      }),
      { numRuns: 500 },
    );
  });

  it("is never longer than GitHub takes, and then keeps beginning and end", () => {
    assert.equal(longestText, 65_536);
    const output = `first\n${"x".repeat(200_000)}\nlast`;
    const text = withOutput("Before", output);
    assert.equal(text.length, 65_536);
    assert.match(text, /^Before\n\n```text\nfirst\n/);
    assert.match(text, /\nlast\n```\n$/);
    const [, leftOut] = /\[\.\.\. (\d+) characters left out;/.exec(text) ?? [];
    const shown = fenced(text)!.replace(/\n\n\[\.\.\..*\]\n\n/, "");
    assert.equal(shown.length + Number(leftOut), output.length);
  });

  it("is shortened only when it has to be, and never in the middle of a character", () => {
    const longest = "x".repeat(65_536 - withOutput("Before", "").length);
    assert.equal(fenced(withOutput("Before", longest)), longest);
    assert.match(withOutput("Before", `${longest}x`), /characters left out/);
    for (const shift of ["", "x", "xx", "xxx"]) {
      const text = withOutput("Before", shift + "🚢".repeat(100_000));
      assert.ok(text.length <= 65_536);
      assert.equal(Buffer.from(text, "utf8").toString("utf8"), text);
    }
  });
});

describe("the comment and the issue of a pipeline", () => {
  const run = { stack: "prod", commit: "c0ffee", url: "https://github.example/runs/1" };
  const source = "Commit c0ffee, [log](https://github.example/runs/1).";

  it("have a marker and a title of their stack alone", () => {
    assert.equal(previewMarker("prod"), "<!-- deckhouse-vsphere: preview of the stack prod -->");
    assert.equal(driftTitle("prod"), "Drift check of the stack prod");
  });

  for (const [what, text, says, output] of [
    [
      "a preview",
      previewComment(run, { exitCode: 0, output: "+ 3 to create" }),
      `${previewMarker("prod")}\n### Preview of the stack \`prod\`\n\nThis is what \`pulumi up\` would do. ${source}\n`,
      "+ 3 to create",
    ],
    [
      "a preview that failed",
      previewComment(run, { exitCode: 1, output: "error: no" }),
      `**The preview failed**, so it does not tell what \`pulumi up\` would do. The reason is below. ${source}\n`,
      "error: no",
    ],
    [
      "drift",
      driftIssue(run, "changed", "~ 1 to update"),
      "**vCenter differs from the configuration.** Either",
      "~ 1 to update",
    ],
    [
      "a check that failed",
      driftIssue(run, "failed", "error: no"),
      "**The preview failed**, so it is not known whether vCenter matches the configuration.",
      "error: no",
    ],
  ] as const) {
    it(`tell of ${what} in words, with the output below`, () => {
      assert.ok(text.includes(says), text);
      assert.ok(text.includes(source), text);
      assert.equal(fenced(text), output);
    });
  }

  it("end with a sentence when there is no drift any more", () => {
    assert.equal(driftOver(run), `vCenter matches the configuration. ${source}`);
  });
});

describe("the API of a forge", () => {
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;
  const before = proxies.map((name) => [name, process.env[name]] as const);
  let server: Server;
  let api: Api;

  beforeEach((done) => {
    for (const name of proxies) setVariable(name, undefined);
    server = createServer((_request, response) => response.end('{"message": "of a gateway"}'));
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      api = new Api(`http://127.0.0.1:${port}`, {}, "give the token rights");
      done();
    });
  });

  afterEach((done) => {
    for (const [name, value] of before) setVariable(name, value);
    server.close(done);
  });

  it("says in a sentence that the proxy of the environment is not one", async () => {
    process.env["HTTPS_PROXY"] = "proxy.example.com:3128";
    const error = await thrownBy(api.request("GET", "/user"));
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      /found no usable proxy in HTTPS_PROXY or HTTP_PROXY \(.*\); write it like http:\/\/proxy/,
    );
  });

  it("says in a sentence that an answer is not a list, as that of a gateway in between", async () => {
    const error = await thrownBy(api.list("/issues").next());
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      /^GET http:.*\/issues\?per_page=100&page=1: found an answer that is not a list: .*: give the token rights$/,
    );
  });
});
