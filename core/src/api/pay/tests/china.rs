//! `chinaExtraTransInfo`: its texts, and the lists they are made from.

use super::*;

const AT: &str = "order.env.extendInfo.chinaExtraTransInfo";

fn paying(info: ChinaExtraTransInfo) -> PayRequest {
    let till = Env::new().store_terminal_id("T").extend_info(info);
    request(Scenario::PaymentCode).order(order().env(till))
}

fn everything() -> ChinaOrder {
    let hotel = |name: &str| Hotel {
        name: name.to_owned(),
        checkin: "2025-02-28".to_owned(),
        checkout: "2025-03-01".to_owned(),
    };
    ChinaOrder {
        hotels: vec![hotel("Harbour Inn"), hotel("海景酒店")],
        flights: vec![
            Flight { number: "SQ830".to_owned(), departure: "2025-02-28 08:15".to_owned() },
            Flight { number: "SQ831".to_owned(), departure: "2025-03-01 23:59".to_owned() },
        ],
        admission_notice_urls: vec!["https://school.example/notice?a=1".to_owned()],
        goods: vec![
            SoldGoods { sku: "tea".to_owned(), quantity: 2 },
            SoldGoods { sku: "cup".to_owned(), quantity: 3 },
        ],
        total_quantity: None,
        other: true,
    }
}

#[test]
fn lists_become_texts_of_equal_length() {
    let info = everything().to_texts().unwrap();
    let body = check(&paying(info), Protocol::Ams).unwrap().body;
    let text = body.object("order").unwrap().object("env").unwrap().text("extendInfo").unwrap().into_owned();
    assert_eq!(
        text,
        concat!(
            r#"{"chinaExtraTransInfo":{"businessType":"1|2|3|4|5","flightNumber":"SQ830|SQ831","#,
            r#""departureTime":"2025-02-28 08:15|2025-03-01 23:59","hotelName":"Harbour Inn|海景酒店","#,
            r#""checkinTime":"2025-02-28|2025-02-28","checkoutTime":"2025-03-01|2025-03-01","#,
            r#""admissionNoticeUrl":"https://school.example/notice?a=1","goodsInfo":"tea^2|cup^3","#,
            r#""totalQuantity":"5"}}"#,
        )
    );
    let nothing = ChinaOrder::default().to_texts().unwrap();
    assert_eq!(nothing.business_type.as_deref(), Some("5"));
    assert!(check(&paying(nothing), Protocol::AlipayPlus).is_ok());
}

#[test]
fn separators_inside_values_are_refused() {
    let path_of = |order: ChinaOrder| {
        let error = order.to_texts().unwrap_err();
        assert_eq!(error.code(), "request.invalid");
        error.path().unwrap().strip_prefix(AT).unwrap().to_owned()
    };
    let mut order = everything();
    order.hotels[1].name = "A|B".to_owned();
    assert_eq!(path_of(order), ".hotelName");
    let mut order = everything();
    order.goods[0].sku = "a^b".to_owned();
    assert_eq!(path_of(order), ".goodsInfo");
    let mut order = everything();
    order.goods[0].quantity = u64::MAX;
    assert_eq!(path_of(order), ".totalQuantity");
}

#[test]
fn each_business_type_asks_for_its_fields_and_no_others_may_stand() {
    let fields = [
        ("1", "hotelName"),
        ("1", "checkinTime"),
        ("1", "checkoutTime"),
        ("2", "flightNumber"),
        ("2", "departureTime"),
        ("3", "admissionNoticeUrl"),
        ("4", "goodsInfo"),
        ("4", "totalQuantity"),
    ];
    let whole = everything().to_texts().unwrap().to_json();
    for (kind, field) in fields {
        let path = format!("{AT}.{field}");
        let missing = ChinaExtraTransInfo::from_json(without(&whole, field));
        refused(&paying(missing), Protocol::Ams, "request.missing", &path);

        let mut alone = Object::new().with("businessType", "5");
        alone.set(field, whole.get(field).unwrap().clone());
        refused(&paying(ChinaExtraTransInfo::from_json(alone)), Protocol::Ams, "request.forbidden", &path);

        let mut only = Object::new().with("businessType", kind);
        for (_, same) in fields.iter().filter(|(other, _)| *other == kind) {
            only.set(*same, whole.get(same).unwrap().clone());
        }
        assert!(check(&paying(ChinaExtraTransInfo::from_json(only)), Protocol::Ams).is_ok(), "{kind}");
    }
}

#[test]
fn forms_and_counts_are_checked() {
    for (field, text) in [
        ("businessType", "1|2|3|4|6"),
        ("businessType", "1|1"),
        ("businessType", "1|"),
        ("businessType", "1,2"),
        ("hotelName", "one|"),
        ("checkinTime", "2025-02-28"),
        ("checkinTime", "2025-02-28|2025-02-30"),
        ("checkoutTime", "2025-03-01|2025-3-1"),
        ("checkoutTime", "2025-03-01T00:00:00+08:00|2025-03-01"),
        ("departureTime", "2025-02-28 08:15"),
        ("departureTime", "2025-02-28 08:15|2025-02-28 24:00"),
        ("departureTime", "2025-02-28 08:15|2025-02-28T08:15"),
        ("departureTime", "2025-02-28 08:15|2025-02-28 08:15:00"),
        ("admissionNoticeUrl", "school.example"),
        ("goodsInfo", "tea"),
        ("goodsInfo", "tea^0"),
        ("goodsInfo", "tea^two"),
        ("goodsInfo", "^2"),
        ("totalQuantity", "0"),
        ("totalQuantity", "two"),
    ] {
        let info = with(&everything().to_texts().unwrap().to_json(), field, text);
        let request = paying(ChinaExtraTransInfo::from_json(info));
        refused(&request, Protocol::Ams, "request.invalid", &format!("{AT}.{field}"));
    }
}

#[test]
fn lengths_are_checked_one_by_one_and_together() {
    let studying = |urls: usize| ChinaOrder {
        admission_notice_urls: vec![format!("https://school.example/{}", "n".repeat(76)); urls],
        ..ChinaOrder::default()
    };
    let long = studying(11).to_texts().unwrap();
    refused(&paying(long), Protocol::Ams, "request.too_long", &format!("{AT}.admissionNoticeUrl"));

    let mut whole = everything();
    whole.goods = vec![SoldGoods { sku: "g".repeat(1900), quantity: 1 }];
    refused(&paying(whole.to_texts().unwrap()), Protocol::Ams, "request.too_long", "order.env.extendInfo");
}

#[test]
fn an_object_and_a_foreign_text_are_read() {
    let object =
        Object::parse(br#"{"extendInfo":{"chinaExtraTransInfo":{"businessType":"5"},"x":true}}"#).unwrap();
    let env = Env::from_json(object);
    assert_eq!(
        env.to_json().to_string(),
        r#"{"extendInfo":"{\"chinaExtraTransInfo\":{\"businessType\":\"5\"},\"x\":true}"}"#
    );
    let foreign = Object::parse(br#"{"extendInfo":"a=1"}"#).unwrap();
    assert_eq!(Env::from_json(foreign.clone()).to_json(), foreign);
}
