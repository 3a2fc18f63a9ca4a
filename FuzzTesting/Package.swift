// swift-tools-version: 6.3
import PackageDescription

/// Parsers under libFuzzer. A package of its own, because everything in it is built for the fuzzer; the sources are links to
/// those of the program, so that what is `package` there is `package` here.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "FuzzTesting",
    targets: [
        .target(name: "CFuzzer"),
        .target(name: "Domain", swiftSettings: rules),
        .target(name: "Wire", dependencies: ["Domain"], swiftSettings: rules),
        .target(name: "Trace", dependencies: ["Domain"], swiftSettings: rules),
        .executableTarget(name: "Fuzz", dependencies: ["CFuzzer", "Domain", "Wire", "Trace"], swiftSettings: rules),
    ]
)
