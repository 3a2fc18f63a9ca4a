import Domain

/// One piece of work on a cut, to be named by the habit of its production.
struct Piece: Sendable {
    /// The step of work, with its word in each tradition.
    enum Step: Sendable, CaseIterable {
        case storyboard
        case layout
        case key
        case secondKey
        case inbetween
        case cleanUp
        case correction
        case background
        case colour
        case retake
        case animation
    }

    var step: Step
    var season: Int
    var episode: Int
    var cut: Int
    var take: Int?
    var version: Int?
    var layer: String?
    var frame: Int?
    var fileExtension: String
    /// Picks among the habit's patterns.
    var pattern: Int
}

extension Piece.Step {
    /// As ``WorkName`` has it.
    var english: String {
        switch self {
        case .storyboard: "storyboard"
        case .layout: "layout"
        case .key: "key drawing"
        case .secondKey: "second key drawing"
        case .inbetween: "in-between"
        case .cleanUp: "clean-up"
        case .correction: "correction"
        case .background: "background"
        case .colour: "colour"
        case .retake: "retake"
        case .animation: "animation"
        }
    }

    var western: String {
        switch self {
        case .storyboard: "SB"
        case .layout: "LO"
        case .key: "KA"
        case .secondKey: "KA2"
        case .inbetween: "IB"
        case .cleanUp: "CU"
        case .correction: "FIX"
        case .background: "BG"
        case .colour: "COL"
        case .retake: "RT"
        case .animation: "AN"
        }
    }

    var japanese: String {
        switch self {
        case .storyboard: "絵コンテ"
        case .layout: "LO"
        case .key: "原画"
        case .secondKey: "第二原画"
        case .inbetween: "動画"
        case .cleanUp: "清書"
        case .correction: "作監修正"
        case .background: "背景"
        case .colour: "仕上"
        case .retake: "リテイク"
        case .animation: "撮影"
        }
    }

    var chinese: String {
        switch self {
        case .storyboard: "分镜"
        case .layout: "设计稿"
        case .key: "原画"
        case .secondKey: "二原"
        case .inbetween: "动画"
        case .cleanUp: "清稿"
        case .correction: "作监修"
        case .background: "背景"
        case .colour: "上色"
        case .retake: "返修"
        case .animation: "摄影"
        }
    }

    var korean: String {
        switch self {
        case .storyboard: "콘티"
        case .layout: "레이아웃"
        case .key: "원화"
        case .secondKey: "2원화"
        case .inbetween: "동화"
        case .cleanUp: "정리"
        case .correction: "작감수정"
        case .background: "배경"
        case .colour: "채색"
        case .retake: "수정"
        case .animation: "촬영"
        }
    }
}

/// A path below the home with what it says.
struct NamedPiece: Sendable {
    var path: [UInt8]
    var work: WorkName
    var evidence: StorageTruth.Evidence
    var encoding: TextEncoding
}

extension Int {
    /// Decimal digits, filled with zeros on the left.
    func digits(_ width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
    }

    /// Full-width digits, as Japanese and Chinese keyboards leave them.
    func wideDigits(_ width: Int) -> String {
        String(String.UnicodeScalarView(digits(width).unicodeScalars.compactMap { UnicodeScalar($0.value + 0xfee0) }))
    }
}
