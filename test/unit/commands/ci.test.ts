import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "../../../commands/ci/api";
import { findingsOf, policyPack, secretsCleaner, withoutEmpty } from "../../../commands/ci/engine";
import {
  driftIssue,
  driftOver,
  driftTitle,
  previewComment,
  previewMarker,
} from "../../../commands/ci/texts";
import { isSamePlan, planMark } from "../../../commands/ci/plan";
import { reviewOf } from "../../../commands/review/changes";
import { readEvents } from "../../../commands/review/events";
import { UserError } from "../../../commands/run";
import { allSettings } from "../../../configuration/settings";
import { setVariable } from "../../support/environment";
import { previewEvents } from "../../support/previewEvents";
import { reviewCases } from "../../support/reviewCases";
import { thrownBy } from "../../support/thrownBy";
import { workflowJob } from "../../support/workflowFiles";

describe("the engine in a pipeline", () => {
  it("tells changes from a failure by its exit code", () => {
    assert.equal(findingsOf(0), "unchanged");
    assert.equal(findingsOf(7), "changed");
    for (const code of [1, 2, 3, 4, 5, 6, 8, 9, 255]) assert.equal(findingsOf(code), "failed");
  });

  it("has to pass the policy pack of the environment", () => {
    assert.deepEqual(policyPack({ PULUMI_POLICY_PACK: "" }), []);
    assert.deepEqual(policyPack({ PULUMI_POLICY_PACK: "policy" }), ["--policy-pack", "policy"]);
    assert.deepEqual(
      policyPack({ PULUMI_POLICY_PACK: "policy", PULUMI_POLICY_PACK_CONFIG: "a.json" }),
      ["--policy-pack", "policy", "--policy-pack-config", "a.json"],
    );
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
      const cleaned = secretsCleaner({ [variable]: secret })(`vCenter said: ${forms.join(", ")}.`);
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
    assert.equal(secretsCleaner(environment)(text), text);
  });
});

describe("the comment and the issue of a pipeline", () => {
  const run = { stack: "prod", commit: "c0ffee", url: "https://github.example/runs/1" };
  const source = "Commit c0ffee, [log](https://github.example/runs/1).";

  it("have a marker and a title of their stack alone", () => {
    assert.equal(previewMarker("prod"), "<!-- deckhouse-vsphere: preview of the stack prod -->");
    assert.equal(driftTitle("prod"), "Drift check of the stack prod");
  });

  const cases = Object.fromEntries(
    reviewCases.map(({ name, failed, ...preview }) => {
      const outcome = { stack: "prod", succeeded: failed === undefined, output: failed ?? "" };
      return [name, reviewOf(readEvents(previewEvents(preview), String), outcome)];
    }),
  );
  const marker = previewMarker("prod");

  for (const [what, text, says] of [
    [
      "a preview",
      previewComment(run, cases["datastore-moves"]!),
      `${marker}\n${planMark(cases["datastore-moves"]!)}\n\n### Look closely: stack \`prod\`\n\n2 reasons to read before you approve. ${source}\n`,
    ],
    [
      "a preview that failed",
      previewComment(run, cases["failed-in-vcenter"]!),
      `${marker}\n${planMark(cases["failed-in-vcenter"]!)}\n\n### The preview failed: stack \`prod\`\n\nIt does not tell what \`pulumi up\` would do. The reason is below. ${source}\n`,
    ],
    [
      "drift",
      driftIssue(run, "changed", cases["drift-tag-taken-off"]!),
      "**vCenter differs from the configuration.** Either",
    ],
    [
      "a check that failed",
      driftIssue(run, "failed", cases["failed-in-vcenter"]!),
      "**The preview failed**, so it is not known whether vCenter matches the configuration.",
    ],
  ] as const) {
    it(`tell of ${what} in words, with the review`, () => {
      assert.ok(text.includes(says), text);
      assert.ok(text.includes(source), text);
      assert.match(text, /#### What the preflight found/);
    });
  }

  it("have a mark of the plan, which no other case has, and that the account does not change", () => {
    const marks = Object.values(cases).map(planMark);
    const byPlan = new Set(marks);
    // Cases that differ only in what was said would do the same.
    assert.ok(byPlan.size >= 25, String(byPlan.size));
    const moved = cases["datastore-moves"]!;
    const comment = previewComment(run, moved);
    const said = { ...moved.said, warnings: ["it lacks rights"], notes: ["something"] };
    assert.ok(isSamePlan(comment, planMark({ ...moved, said })));
    assert.ok(!isSamePlan(comment, planMark(cases["datastore-leaves"]!)));
    // What somebody else changed is undone by up, so it is part of what it would do.
    const { drift } = cases["drift-tag-taken-off"]!;
    assert.ok(!isSamePlan(comment, planMark({ ...moved, drift })));
    assert.match(planMark(moved), /^<!-- deckhouse-vsphere: plan [0-9a-f]{64} -->$/);
  });

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
