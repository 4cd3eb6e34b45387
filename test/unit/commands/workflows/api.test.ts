import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../../../../commands/main";
import { Api } from "../../../../commands/workflows/api";
import { thrownBy } from "../../../support/thrownBy";

describe("the API of a forge", () => {
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;
  const before = proxies.map((name) => [name, process.env[name]] as const);
  let server: Server;
  let root: string;

  beforeEach((done) => {
    server = createServer((_request, response) => response.end('{"message": "of a gateway"}'));
    server.listen(0, "127.0.0.1", () => {
      root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
    for (const name of proxies) Reflect.deleteProperty(process.env, name);
  });

  afterEach((done) => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    server.close(done);
  });

  async function refusal(ask: (api: Api) => Promise<unknown>): Promise<string> {
    const error = await thrownBy((async () => ask(new Api(root, {}, "give the token rights")))());
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }

  it("says in a sentence that the proxy of the environment is none", async () => {
    process.env["HTTPS_PROXY"] = "proxy.example.com:3128";
    assert.match(
      await refusal((api) => api.request("GET", "/user")),
      /found no usable proxy in HTTPS_PROXY or HTTP_PROXY \(.*\); write it like http:\/\/proxy/,
    );
  });

  it("says in a sentence that an answer is no list, as that of a gateway in between", async () => {
    assert.match(
      await refusal(async (api) => api.list("/issues").next()),
      /^GET http:.*\/issues\?per_page=100&page=1: found an answer that is no list: .*: give the token rights$/,
    );
  });
});
