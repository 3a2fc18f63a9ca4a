import Domain

/// A workbook that follows the cuts of a production through the steps, in Chinese and Korean.
struct WorkflowSheet: Sendable {
    struct Row: Sendable {
        var cut: Int
        /// In Chinese and in Korean.
        var content: (note: String, translation: String)
        var step: String
        var drawings: Int
        var state: (note: String, translation: String)
        var note: NotePhrase?
    }

    var series: String
    var company: String
    var episode: Int
    var day: Day
    var rows: [Row]

    /// The row of the first cut, counted from 1 as spreadsheets do.
    static let firstRow = 5

    var notes: [StorageTruth.Note] {
        rows.enumerated().compactMap { index, row in row.note?.truth(at: "row \(Self.firstRow + index)") }
    }

    static let contents: [(note: String, translation: String)] = [
        ("主角回头", "주인공이 돌아본다"), ("码头全景", "부두의 전경"), ("走路循环", "걷는 반복동작"), ("跳上小船", "작은 배에 뛰여오른다"),
        ("对话近景", "대화 가까운 화면"), ("灯笼亮起", "초롱에 불이 켜진다"), ("海鸥飞过", "갈매기가 날아간다"), ("挥手告别", "손을 흔들며 헤여진다"),
        ("雨中奔跑", "비속을 달린다"), ("狐狸跳起", "여우가 뛰여오른다"),
    ]
    static let states: [(note: String, translation: String)] = [
        ("完成", "완성"), ("进行中", "진행중"), ("返修", "다시 수정"), ("未发", "보내지 않음"), ("待检查", "검사대기"),
    ]
    static let steps = ["LO", "原画", "二原", "动画", "清稿"]
}
