/// An editing note and its translation as the go-between wrote it: word for word, in northern spelling.
struct NotePhrase: Hashable, Sendable {
    /// In Chinese.
    var note: String
    /// In Korean.
    var translation: String?
    var fault: StorageTruth.Note.Fault?
    /// The place in a drawing that the red circle belongs round; nil for a note on the whole.
    var mark: String?

    init(_ note: String, _ translation: String?, mark: String? = nil, fault: StorageTruth.Note.Fault? = nil) {
        self.note = note
        self.translation = translation
        self.mark = mark
        self.fault = fault
    }

    /// How many lines both texts take in the column beside a drawing, at most.
    var lines: Int { (note.count + 13) / 14 + ((translation?.count ?? 0) + 16) / 17 }

    func truth(at place: String) -> StorageTruth.Note {
        StorageTruth.Note(note: note, translation: translation, fault: fault, place: place)
    }
}

extension NotePhrase {
    /// Notes as they are given every day.
    static let sound: [NotePhrase] = [
        NotePhrase("头型偏大,请按人设缩小约10%,脖子同步调整。", "머리형이 크므로 인물설정대로 10%정도 줄이고 목도 같이 맞추어주십시오.", mark: "jaw"),
        NotePhrase("脸型走样,眼距与造型表不符,返修。", "얼굴형이 틀어졌고 눈사이가 설정표와 맞지 않음. 다시 수정할것.", mark: "eye"),
        NotePhrase("转头部分直接按原画改,原画造型比较准。", "고개를 돌리는 부분은 직접 원화대로 고칠것. 원화의 조형이 비교적 정확함.", mark: "jaw"),
        NotePhrase("第12到18张跳帧,中间补两张。", "12번부터 18번이 튄다. 중간그림 두장을 더 넣을것."),
        NotePhrase("口型与律表不对位,从第33格起后推3格。", "입모양이 시트와 맞지 않음. 33번째 콤마부터 3콤마 뒤로 밀것.", mark: "mouth"),
        NotePhrase("线条断线,闭合后再交,否则无法上色。", "선이 끊어졌음. 색칠이 안되므로 닫아서 다시 제출할것.", mark: "hair"),
        NotePhrase("手指少一根,见红圈。", "손가락이 하나 모자람. 붉은 동그라미 참고.", mark: "hand"),
        NotePhrase("头发B层漏画,T2补齐。", "머리카락 B층이 빠졌음. T2에서 보충할것.", mark: "hair"),
        NotePhrase("推镜终点改到安全框内。", "미는 끝점을 안전틀안으로 고칠것."),
        NotePhrase("背景透视与LO不合,人物脚底悬空。", "배경투시가 LO와 맞지 않아 발이 떠있음.", mark: "foot"),
        NotePhrase("本镜兼用SC045背景,不用重画。", "이 장면은 SC045의 배경을 겸용함. 다시 그리지 말것."),
        NotePhrase("服装标志左右反了。", "옷의 표식이 좌우로 바뀌였음.", mark: "chest"),
        NotePhrase("爆炸太慢,整体压缩到18格。", "폭발이 너무 느림. 전체를 18콤마로 줄일것."),
        NotePhrase("眨眼加一次,位置见红字。", "눈깜빡임을 한번 더 넣을것. 위치는 붉은 글 참고.", mark: "eye"),
        NotePhrase("清稿线太粗,用2号线。", "정리선이 너무 굵음. 2번 선을 쓸것.", mark: "hair"),
        NotePhrase("客户意见:表情不够愤怒,眉毛再压低。", "주문측 의견: 덜 성난것 같음. 눈섭을 더 내릴것.", mark: "eye"),
        NotePhrase("换夜景色指定,参考色板C。", "색지정을 밤장면색으로 바꿀것. 색판 C 참고."),
        NotePhrase("走路循环脚滑,接地点重新对位。", "걷는 반복동작에서 발이 미끄러짐. 닿는 점을 다시 맞출것.", mark: "foot"),
        NotePhrase("阴影层分离,另存文件夹。", "그늘층을 갈라서 따로 보관할것."),
        NotePhrase("这条通过,不用再修。", "이것은 통과. 더 고치지 않아도 됨."),
        NotePhrase("嘴角再往上提2毫米。", "입귀를 2미리 더 올릴것.", mark: "mouth"),
        NotePhrase("第5张和第6张之间加一张中割。", "5번과 6번사이에 중간그림 한장을 더 넣을것."),
        NotePhrase("围巾随风摆动慢半拍,跟随动作延后4格。", "목도리가 바람에 날리는것을 4콤마 늦출것.", mark: "chest"),
        NotePhrase("耳朵位置偏低,和眼睛同高。", "귀의 위치가 낮음. 눈과 같은 높이로 맞출것.", mark: "eye"),
        NotePhrase("包的带子画到另一边了。", "가방끈을 반대쪽에 그렸음. 고칠것.", mark: "chest"),
        NotePhrase("跳起前的预备动作加2张。", "뛰기전 준비동작을 2장 더 넣을것.", mark: "foot"),
        NotePhrase("手的大小和脸不成比例,缩小5%。", "손의 크기가 얼굴과 비례가 맞지 않음. 5% 줄일것.", mark: "hand"),
        NotePhrase("明天先交前20卡,其余后天交。", "래일 먼저 앞 20컷을 제출하고 나머지는 모레 제출할것."),
    ]

    /// Pairs that do not say the same.
    static let faulty: [NotePhrase] = [
        NotePhrase("爆炸太慢,整体压缩到18格。", "폭발이 너무 느림. 전체를 8콤마로 줄일것.", fault: .number),
        NotePhrase("缺卡:SC088,今天18点前补交。", "빠진 컷: SC089. 오늘 18시전까지 보충제출할것.", fault: .cut),
        NotePhrase("下巴线条太硬,请画圆一些。", nil, mark: "jaw", fault: .missing),
        NotePhrase("第12到18张跳帧,中间补两张。", "12번부터 16번이 튄다. 중간그림 두장을 더 넣을것.", fault: .number),
        NotePhrase("本镜兼用SC045背景,不用重画。", "이 장면은 SC054의 배경을 겸용함. 다시 그리지 말것.", fault: .cut),
        NotePhrase("手的大小和脸不成比例,缩小5%。", "손의 크기가 얼굴과 비례가 맞지 않음. 15% 줄일것.", mark: "hand", fault: .number),
    ]
}
