"""What Alipay in China asks to know about hotels, flights, studies and goods, as lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import _native, models
from ._errors import of_code
from ._model import parse_json
from ._value import Value, read_by


@dataclass(frozen=True)
class Hotel(Value):
    """A stay at a hotel."""

    name: str
    #: The day of arrival, ``yyyy-MM-dd`` in UTC+8.
    checkin: str
    #: The day of departure, ``yyyy-MM-dd`` in UTC+8.
    checkout: str


@dataclass(frozen=True)
class Flight(Value):
    """A flight."""

    number: str
    #: The departure, ``yyyy-MM-dd HH:mm``.
    departure: str


@dataclass(frozen=True)
class SoldGoods(Value):
    """Goods of one kind."""

    #: The name of the SKU.
    sku: str
    quantity: int


@dataclass(frozen=True, kw_only=True)
class ChinaOrder(Value):
    """What is sold, as lists, from which the texts of ``chinaExtraTransInfo`` and its business types follow.

    >>> order = ChinaOrder(goods=[SoldGoods("Tea", 2), SoldGoods("Cup", 1)])
    >>> order.to_texts()
    ChinaExtraTransInfo(business_type='4', goods_info=<11 characters>, total_quantity=3)
    """

    #: Stays at hotels: business type 1.
    hotels: list[Hotel] = field(default_factory=list, metadata=read_by(lambda rows: [Hotel.from_dict(r) for r in rows]))
    #: Flights: business type 2.
    flights: list[Flight] = field(
        default_factory=list, metadata=read_by(lambda rows: [Flight.from_dict(r) for r in rows])
    )
    #: URLs of admission notices of schools: business type 3.
    admission_notice_urls: list[str] = field(default_factory=list)
    #: Goods: business type 4.
    goods: list[SoldGoods] = field(
        default_factory=list, metadata=read_by(lambda rows: [SoldGoods.from_dict(r) for r in rows])
    )
    #: The number of all goods together; left out, it is their sum.
    total_quantity: int | None = None
    #: Whether there is something else too: business type 5. It is so by itself where all lists are empty.
    other: bool = False

    def to_texts(self) -> models.ChinaExtraTransInfo:
        """The texts that are sent. Raises RequestError for a value that holds one of the separators ``|`` and ``^``."""
        quantities = [*(goods.quantity for goods in self.goods), self.total_quantity or 0]
        for one in quantities:
            if isinstance(one, bool) or not isinstance(one, int):
                raise TypeError(f"a quantity must be an int, not {type(one).__name__}")
        if not all(0 <= one < 2**53 for one in quantities):
            raise of_code("config.invalid", "a quantity is not a whole number from 0 to 9007199254740991", path="quantity")
        text = _native.china_texts(
            [(hotel.name, hotel.checkin, hotel.checkout) for hotel in self.hotels],
            [(flight.number, flight.departure) for flight in self.flights],
            self.admission_notice_urls,
            [(goods.sku, goods.quantity) for goods in self.goods],
            self.total_quantity,
            self.other,
        )
        return models.ChinaExtraTransInfo.from_dict(parse_json(text))

    def to_extend_info(self) -> models.ExtendMembers:
        """What ``models.Env(extend_info=…)`` takes."""
        return models.ExtendMembers(china_extra_trans_info=self.to_texts())
