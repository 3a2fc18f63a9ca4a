// swift-tools-version: 6.3
import PackageDescription

/// Every target builds with the same rules, and no warning survives.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLSEvents = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")

let package = Package(
    name: "ajar",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ajar", targets: ["ajar"]),
        .executable(name: "reader", targets: ["reader"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // The corridor, top to bottom.
        .executableTarget(
            name: "ajar",
            dependencies: [
                "Domain", "Scope", "Census", "Doors", "Collect", "Vault", "Reading", "Identify", "Trace", "CaseFile",
                "Catalogue", "Desk", "Lab", "CMalloc", "CQRCode", argumentParser, asyncHTTPClient, logging, hummingbird,
                nioCore,
                nioHTTP, nioTLS, subprocess, system, toml,
            ],
            swiftSettings: rules
        ),
        .target(name: "Domain", swiftSettings: rules),
        .target(name: "Wire", dependencies: ["Domain"], swiftSettings: rules),
        .target(
            name: "Scope",
            dependencies: [
                "Domain", "Wire", "CEpoll", logging, nioCore, nioHTTP, nioPosix, nioTLS, nioTLSEvents, toml,
            ],
            swiftSettings: rules
        ),
        .target(
            name: "Census",
            dependencies: ["Domain", "Wire", "Scope", "Vault", asn1, crypto, logging, nioCore, x509],
            swiftSettings: rules
        ),
        .target(
            name: "Doors",
            dependencies: [
                "Domain", "Wire", "Scope", "Vault", "CPCRE2", "CYAML", asn1, crypto, logging, x509,
            ],
            swiftSettings: rules
        ),
        .target(
            name: "Collect",
            dependencies: ["Domain", "Wire", "Scope", "Vault", crypto, logging],
            swiftSettings: rules
        ),
        .target(
            name: "Vault",
            dependencies: [
                "Domain", "Wire", "CArchive", asn1, asyncHTTPClient, crypto, logging, nioCore, nioHTTP, nioTLS, system,
                x509,
            ],
            swiftSettings: rules
        ),
        .target(
            name: "Reading",
            dependencies: ["Domain", "Vault", crypto, logging, subprocess, system],
            swiftSettings: rules
        ),
        .executableTarget(
            name: "reader",
            dependencies: ["Domain", "CArchive", "CAV", "CMagic", "CPoppler", "CSandbox", "CTesseract", "CXML"],
            swiftSettings: rules
        ),
        .target(
            name: "Identify",
            dependencies: ["Domain", "Vault", logging, toml],
            swiftSettings: rules
        ),
        .target(
            name: "Trace",
            dependencies: ["Domain", "Wire", "Vault", "CMaxMind", crypto, logging, toml],
            swiftSettings: rules
        ),
        .target(
            name: "CaseFile",
            dependencies: ["Domain", "Catalogue", "Vault", logging, mustache],
            resources: [.copy("Templates")],
            swiftSettings: rules
        ),
        .target(
            name: "Catalogue",
            dependencies: ["Domain", grdb, logging],
            swiftSettings: rules
        ),
        .target(
            name: "Desk",
            dependencies: ["Domain", "Catalogue", "CaseFile", "Vault", crypto, hummingbird, logging, mustache],
            resources: [.copy("Templates"), .copy("Static")],
            swiftSettings: rules
        ),
        .target(
            name: "Lab",
            dependencies: [
                "Domain", "Catalogue", "CCairo", "CJPEG", "CXLSXWriter", asn1, crypto, logging, subprocess, system,
                toml,
                x509,
            ],
            resources: [.copy("Worlds"), .copy("Servers")],
            swiftSettings: rules
        ),
        .target(
            name: "TestSupport",
            dependencies: ["Domain", "Scope", "Vault", nioCore, nioHTTP, nioPosix, subprocess, system],
            swiftSettings: rules
        ),

        // System libraries: a module map and a shim, nothing else.
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(
            name: "CAV",
            pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])]
        ),
        .systemLibrary(
            name: "CCairo",
            pkgConfig: "pangocairo",
            providers: [.apt(["libcairo2-dev", "libpango1.0-dev"])]
        ),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
        .systemLibrary(name: "CMagic", pkgConfig: "libmagic", providers: [.apt(["libmagic-dev"])]),
        .systemLibrary(name: "CMaxMind", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
        .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CSandbox", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "CTesseract", pkgConfig: "tesseract", providers: [.apt(["libtesseract-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // Tests.
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: rules),
        .testTarget(
            name: "WireTests",
            dependencies: ["Wire", "Domain", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "ScopeTests",
            dependencies: ["Scope", "Wire", "Domain", "TestSupport", nioCore, nioPosix, nioHTTP],
            swiftSettings: rules
        ),
        .testTarget(
            name: "CensusTests",
            dependencies: ["Census", "Scope", "Vault", "Wire", "Domain", "TestSupport", nioCore, nioPosix],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "DoorsTests",
            dependencies: ["Doors", "Scope", "Vault", "Wire", "Domain", "TestSupport", nioCore, nioPosix, nioHTTP],
            swiftSettings: rules
        ),
        .testTarget(
            name: "CollectTests",
            dependencies: ["Collect", "Scope", "Vault", "Wire", "Domain", "TestSupport", nioCore, nioPosix, nioHTTP],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        // A process that the vault's tests kill.
        .executableTarget(
            name: "vault-writer",
            dependencies: ["Domain", "Vault"],
            path: "Tests/Support/VaultWriter",
            swiftSettings: rules
        ),
        // The work that scripts/bench times.
        .executableTarget(
            name: "vault-bench",
            dependencies: ["Domain", "Vault", crypto],
            path: "Benchmarks/VaultBench",
            swiftSettings: rules
        ),
        .executableTarget(
            name: "listing-bench",
            dependencies: ["Domain", "Wire"],
            path: "Benchmarks/ListingBench",
            swiftSettings: rules
        ),
        .executableTarget(
            name: "history-bench",
            dependencies: ["Domain", "Census", "Catalogue"],
            path: "Benchmarks/HistoryBench",
            swiftSettings: rules
        ),
        .executableTarget(
            name: "collect-bench",
            dependencies: ["CMalloc", "Collect", "Domain", "Scope", "Vault"],
            path: "Benchmarks/CollectBench",
            swiftSettings: rules
        ),
        .testTarget(
            name: "VaultTests",
            dependencies: ["Vault", "vault-writer", "Domain", "Wire", "TestSupport", crypto, subprocess, system],
            exclude: ["Go", "Golden", "PowerCut/recorder.c"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "ReadingTests",
            dependencies: ["Reading", "Domain", "Vault", "TestSupport", "reader", "CCairo", "CXLSXWriter", subprocess],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "IdentifyTests",
            dependencies: ["Identify", "Domain", "Vault", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "TraceTests",
            dependencies: ["Trace", "Domain", "Vault", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "Domain", "TestSupport", grdb],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "CaseFileTests",
            dependencies: ["CaseFile", "Catalogue", "Vault", "Domain", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "DeskTests",
            dependencies: [
                "Desk", "Catalogue", "CaseFile", "Vault", "Domain", "TestSupport", hummingbird, hummingbirdTesting,
                asyncHTTPClient, nioCore, nioHTTP, subprocess, system,
            ],
            exclude: ["Golden"],
            swiftSettings: rules
        ),
        .testTarget(
            name: "LabTests",
            dependencies: ["Lab", "Catalogue", "Domain", "TestSupport", crypto, subprocess, system, toml],
            swiftSettings: rules
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "ajar", "reader", "Domain", "Scope", "Census", "Doors", "Collect", "Vault", "Catalogue", "Lab",
                "TestSupport", subprocess, system, nioCore, nioPosix,
            ],
            exclude: ["Scripts"],
            swiftSettings: rules
        ),
    ]
)
