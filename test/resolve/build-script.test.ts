import { describe, expect, test } from "vitest";
import { cfgsOfBuildScript } from "../../src/resolve/build-script.ts";
import { NO, UNKNOWN, YES, type CfgWorld } from "../../src/syntax/cfg-eval.ts";

const outer: CfgWorld = (name) => (name === "unix" ? YES : NO);

describe("cfgs that a build script may set", () => {
  const script = `
    fn main() {
        #[cfg(not(feature = "std"))] compile_error!("std");
        use_feature("netbsdlike");
        println!("cargo:rustc-cfg=backend=\\"epoll\\"");
        println!("cargo:rustc-cfg={}", feature);
    }`;
  const ask = cfgsOfBuildScript(script, { posix: "unix" });

  test("a name that it never writes is not set", () => {
    expect(ask("kqueue", undefined, outer)).toBe(NO);
  });

  test("a name that it puts together may be", () => {
    const composing = cfgsOfBuildScript(`
      println!("cargo:rustc-cfg=libpcap_{}_{}_{}", v.major, v.minor, v.micro);
      println!("cargo::rustc-cfg={kind}_backend");
      ac.emit_has_type("i128");
      ac.emit_rustc_version(1, 40);`);
    const asked = ["libpcap_1_5_0", "epoll_backend", "has_i128", "rustc_1_40"];
    expect(asked.map((name) => composing(name, undefined, outer))).toEqual([
      UNKNOWN,
      UNKNOWN,
      UNKNOWN,
      UNKNOWN,
    ]);
    expect(composing("pcap_1_5_0", undefined, outer)).toBe(NO);
    expect(composing("backend_epoll", undefined, outer)).toBe(NO);
  });

  test("a name that it writes may be, with a value that it writes", () => {
    expect(ask("netbsdlike", undefined, outer)).toBe(UNKNOWN);
    expect(ask("backend", "epoll", outer)).toBe(UNKNOWN);
    expect(ask("backend", "poll", outer)).toBe(NO);
  });

  test("features are cargo's, unless it sets one in so many words", () => {
    expect(ask("feature", "net", outer)).toBe(NO);
    expect(ask("feature", "std", outer)).toBe(NO);
    const setter = cfgsOfBuildScript('println!("cargo:rustc-cfg=feature=\\"simd\\"");');
    expect(setter("feature", "simd", outer)).toBe(UNKNOWN);
    expect(setter("feature", "cargo", outer)).toBe(NO);
    const any = cfgsOfBuildScript('println!("cargo:rustc-cfg=feature=\\"{simd}\\"");');
    expect(any("feature", "simd", outer)).toBe(UNKNOWN);
  });

  test("what is known of it is worked out", () => {
    expect(ask("posix", undefined, outer)).toBe(YES);
  });
});
