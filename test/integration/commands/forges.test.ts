import assert from "node:assert/strict";
import { keepOne, platform, type Forge } from "../../../commands/ci/forge";
import { setVariable } from "../../support/environment";
import { FakeForge, forgeToken, requestNumber } from "../../support/fakeForge";

const mark = "<!-- mark -->";
const marked = ({ body }: { readonly body: string }): boolean => body.includes(mark);
const titled = ({ title }: { readonly title: string }): boolean => title === "Drift";
const issue = { title: "Drift", body: "first", open: true, own: true };
const comment = (body: string): { title: string; body: string } => ({ title: "", body });

for (const [kind, url, permission] of [
  [
    "github",
    "https://github.example/owner/name/actions/runs/1001",
    "give the job the permission pull-requests: write for comments, issues: write for issues",
  ],
  ["gitlab", "https://gitlab.example/owner/name/-/jobs/1001", "give the project's access token in"],
] as const) {
  describe(`what a pipeline writes on ${kind}`, () => {
    let fake: FakeForge;
    let forge: Forge;
    let environment: Record<string, string>;
    const proxies = process.env["NO_PROXY"];

    before(() => setVariable("NO_PROXY", "127.0.0.1"));
    after(() => setVariable("NO_PROXY", proxies));

    beforeEach(async () => {
      fake = await FakeForge.start(kind);
      environment = {
        ...fake.environment,
        GITHUB_TOKEN: forgeToken,
        GITLAB_TOKEN: forgeToken,
        PULUMI_STACK: "prod",
        PULL_REQUEST: String(requestNumber),
      };
      forge = platform(environment);
    });

    afterEach(() => fake.stop());

    it("tells the run that wrote it", () => {
      const commit = (kind === "github" ? "a" : "b").repeat(40);
      assert.deepEqual(forge.run, { stack: "prod", commit, url });
    });

    it("is one comment, found again among more than a page of others", async () => {
      for (let index = 0; index < 130; index += 1) {
        fake.comments.push({ body: `comment ${index}`, own: index % 2 === 0 });
      }
      assert.equal(await keepOne(forge.comments, comment(`${mark} one`), marked), "created");
      for (let index = 0; index < 90; index += 1) fake.comments.push({ body: "later", own: false });
      assert.equal(await keepOne(forge.comments, comment(`${mark} two`), marked), "replaced");
      assert.equal(fake.comments.length, 221);
      assert.equal(fake.comments[130]!.body, `${mark} two`);
    });

    it("never takes the place of what a person wrote, or of a pull request", async () => {
      fake.comments.push({ body: `${mark} by a person`, own: false });
      fake.issues.push({ ...issue, own: false, comments: [] });
      if (kind === "github") fake.issues.push({ ...issue, pullRequest: true, comments: [] });
      await keepOne(forge.comments, comment(`${mark} one`), marked);
      await keepOne(forge.issues, { title: "Drift", body: "second" }, titled);
      const bodies = fake.comments.map(({ body }) => body);
      assert.deepEqual(bodies, [`${mark} by a person`, `${mark} one`]);
      const firsts = kind === "github" ? ["first", "first"] : ["first"];
      assert.deepEqual(
        fake.issues.map(({ body }) => body),
        [...firsts, "second"],
      );
    });

    it("is one issue, opened anew after it was closed", async () => {
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "1" }, titled), "created");
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "2" }, titled), "replaced");
      await forge.issues.close((await forge.issues.find(titled))!, "over");
      const closed = { title: "Drift", body: "2", open: false, own: true, comments: ["over"] };
      assert.deepEqual(fake.issues, [closed]);
      assert.equal(await forge.issues.find(titled), undefined);
      assert.equal(await keepOne(forge.issues, { title: "Drift", body: "3" }, titled), "created");
    });

    it("says what to do when it is refused, without the token", async () => {
      fake.refuses = true;
      await assert.rejects(forge.issues.find(titled), (error: Error) => {
        assert.match(
          String(error),
          /^UserError: GET http:\S+: found 403 .*Resource not accessible/,
        );
        assert.ok(error.message.includes(permission), error.message);
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
      for (const name of ["PULUMI_STACK", `${kind.toUpperCase()}_TOKEN`]) {
        assert.throws(
          () => platform({ ...environment, [name]: "" }),
          new RegExp(`^UserError: ${name}: found nothing: .*docs/continuous-integration\\.md`),
        );
      }
    });
  });
}

describe("a command of a pipeline", () => {
  it("says so outside of a pipeline", () => {
    assert.throws(() => platform({}), /^UserError: GITHUB_ACTIONS, GITLAB_CI: found neither: /);
  });
});
