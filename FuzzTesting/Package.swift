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
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
        .target(name: "Domain", swiftSettings: rules),
        .target(name: "Wire", dependencies: ["Domain"], swiftSettings: rules),
        .target(name: "Locks", dependencies: ["Domain"], swiftSettings: rules),
        .target(name: "Trace", dependencies: ["Domain"], swiftSettings: rules),
        .target(name: "Templates", dependencies: ["Domain", "Wire", "CPCRE2", "CYAML"], swiftSettings: rules),
        .target(name: "Imports", dependencies: ["Domain", "Wire"], swiftSettings: rules),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["CFuzzer", "Domain", "Wire", "Locks", "Trace", "Templates", "Imports"],
            swiftSettings: rules
        ),
    ]
)
