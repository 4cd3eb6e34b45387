import assert from "node:assert/strict";
import { keepOne, type Forge } from "../../../commands/workflows/forge";
import { platform } from "../../../commands/workflows/platform";
import { FakeForge, forgeToken, requestNumber } from "../../support/fakeForge";

const mark = "<!-- mark -->";
const marked = ({ body }: { readonly body: string }): boolean => body.includes(mark);
const titled = ({ title }: { readonly title: string }): boolean => title === "Drift";
const issue = { title: "Drift", body: "first", open: true, own: true };

for (const kind of ["github", "gitlab"] as const) {
  describe(`what a workflow writes on ${kind}`, () => {
    let fake: FakeForge;
    let forge: Forge;
    let environment: Record<string, string>;
    const proxies = process.env["NO_PROXY"];

    before(() => {
      process.env["NO_PROXY"] = "127.0.0.1";
    });

    after(() => {
      if (proxies === undefined) delete process.env["NO_PROXY"];
      else process.env["NO_PROXY"] = proxies;
    });

    beforeEach(async () => {
      fake = await FakeForge.start(kind);
      environment = {
        ...fake.environment,
        ...{ GITHUB_TOKEN: forgeToken, GITLAB_TOKEN: forgeToken },
        ...{ PULUMI_STACK: "prod", PULL_REQUEST: String(requestNumber) },
      };
      forge = platform(environment);
    });

    afterEach(() => fake.stop());

    it("tells the run that wrote it", () => {
      assert.deepEqual(
        forge.run,
        kind === "github"
          ? {
              stack: "prod",
              commit: "a".repeat(40),
              url: "https://github.example/owner/name/actions/runs/1001",
            }
          : {
              stack: "prod",
              commit: "b".repeat(40),
              url: "https://gitlab.example/owner/name/-/jobs/1001",
            },
      );
    });

    it("is one comment, found again among more than a page of others", async () => {
      for (let index = 0; index < 130; index += 1) {
        fake.comments.push({ body: `comment ${index}`, own: index % 2 === 0 });
      }
      const text = (body: string): { title: string; body: string } => ({ title: "", body });
      assert.equal(await keepOne(forge.comments, text(`${mark} one`), marked), "created");
      for (let index = 0; index < 90; index += 1) fake.comments.push({ body: "later", own: false });
      assert.equal(await keepOne(forge.comments, text(`${mark} two`), marked), "replaced");
      assert.equal(fake.comments.length, 221);
      assert.equal(fake.comments[130]!.body, `${mark} two`);
    });

    it("never takes the place of what a person wrote", async () => {
      fake.comments.push({ body: `${mark} by a person`, own: false });
      fake.issues.push({ ...issue, own: false, comments: [] });
      await keepOne(forge.comments, { title: "", body: `${mark} one` }, marked);
      await keepOne(forge.issues, { title: "Drift", body: "second" }, titled);
      assert.deepEqual(
        fake.comments.map(({ body }) => body),
        [`${mark} by a person`, `${mark} one`],
      );
      assert.deepEqual(
        fake.issues.map(({ body }) => body),
        ["first", "second"],
      );
    });

    it("is one issue, opened anew after it was closed", async () => {
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "1" }, titled), "created");
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "2" }, titled), "replaced");
      await forge.issues.close((await forge.issues.find(titled))!, "over");
      assert.deepEqual(fake.issues, [
        { title: "Drift", body: "2", open: false, own: true, comments: ["over"] },
      ]);
      assert.equal(await forge.issues.find(titled), undefined);
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "3" }, titled), "created");
    });

    if (kind === "github") {
      it("is never a pull request, which GitHub lists among the issues", async () => {
        fake.issues.push({ ...issue, pullRequest: true, comments: [] });
        assert.equal(await forge.issues.find(titled), undefined);
      });
    }

    it("says what to do when it is refused, without the token", async () => {
      fake.refuses = true;
      await assert.rejects(forge.issues.find(titled), (error: Error) => {
        assert.equal(error.name, "UserError");
        assert.match(error.message, /^GET http:\S+: found 403 .*Resource not accessible/);
        assert.match(
          error.message,
          kind === "github"
            ? /: give the job the permission .*issues: write/
            : /: give .*GITLAB_TOKEN/,
        );
        assert.ok(!error.message.includes(forgeToken));
        return true;
      });
    });

    it("says what to do when there is no answer", async () => {
      await fake.stop();
      await assert.rejects(forge.issues.find(titled), /^UserError: GET .*: found .*ECONNREFUSED/);
      fake = await FakeForge.start(kind);
    });

    it("says which variable is missing", () => {
      for (const name of ["PULUMI_STACK", kind === "github" ? "GITHUB_TOKEN" : "GITLAB_TOKEN"]) {
        assert.throws(
          () => platform({ ...environment, [name]: "" }),
          new RegExp(`^UserError: ${name}: found nothing: .*docs/continuous-integration\\.md`),
        );
      }
    });
  });
}

describe("a workflow's script", () => {
  it("says so outside of a pipeline", () => {
    assert.throws(() => platform({}), /^UserError: GITHUB_ACTIONS, GITLAB_CI: found neither: /);
  });
});
