import assert from "node:assert/strict";
import { withoutPointers } from "./pointers";

/** What a promise fails with. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("nothing failed");
}

/** The message of the error that a promise fails with, without where to read on. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await thrownBy(promise);
  assert.ok(error instanceof Error);
  return withoutPointers(error.message);
}
